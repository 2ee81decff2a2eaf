import type { AnswerOf } from '#client/api/call.ts';
import { visibleText } from '#client/format/hostile.ts';
import { CodeBlock } from '#client/ui/code-block.tsx';
import { QueryText } from '#client/ui/editor/query-text.tsx';
import { Markdown } from '#client/ui/markdown.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import type { checkGuide } from '#shared/api/guide.ts';
import { plural } from '#shared/base/counts.ts';
import { exceptionSentence } from '#shared/exceptions/sentence.ts';
import type { GuideStep } from '#shared/guide/guide.ts';
import { FindingButtons } from '../finding-buttons.tsx';
import { HintList } from '../hint-list.tsx';
import { StepFields } from '../step-fields.tsx';
import classes from './guide-editor.module.css';

type Shown = NonNullable<AnswerOf<typeof checkGuide>['preview']>;

/** A step as an analyst meets it, with a stored alert's values. */
export function StepPreview({ step, shown }: { readonly step: GuideStep; readonly shown: Shown }) {
  return (
    <article className={classes['preview']} aria-label="Preview of the step">
      <h3>{visibleText(step.title)}</h3>
      <Markdown text={step.ask} />
      <div className="dim">
        <Markdown text={step.detail} />
      </div>
      <HintList hints={shown.hints} />
      <StepFields fields={shown.fields} />
      {step.query ? <Question query={shown.query} rows={shown.rows} reading={step.query.reading} /> : null}
      {shown.commands.map(({ label, command }) => (
        <CodeBlock key={`${label} ${command}`} label={label} text={command} />
      ))}
      {shown.exceptionEntries.length > 0 ? (
        <p>
          <span className="dim">Exception: </span>
          {visibleText(exceptionSentence(shown.exceptionEntries, 'event'))}
        </p>
      ) : null}
      <FindingButtons step={step} finding={null} onChange={null} />
    </article>
  );
}

function Question({
  query,
  rows,
  reading,
}: {
  readonly query: Shown['query'];
  readonly rows: number | null;
  readonly reading: string;
}) {
  if (!query) return <p className="dim">This alert has no value for a field that the query needs: it is not asked.</p>;
  return (
    <section>
      <code className={classes['kql']}>
        <QueryText language="kql" text={query.kql} />
      </code>
      <p className="dim">
        <TimeText iso={query.from} /> – <TimeText iso={query.to} />
        {rows === null ? null : `: ${plural(rows, 'row')}`}
      </p>
      <p className="dim">{visibleText(reading)}</p>
    </section>
  );
}
