import { visibleLines } from '#client/format/hostile.ts';
import { defang } from '#shared/base/defang.ts';
import classes from './code-block.module.css';
import { CopyButton } from './copy-button.tsx';
import type { QueryLanguage } from './editor/language.ts';
import { Stretches } from './editor/query-text.tsx';
import { linesOf, useStretches } from './editor/use-stretches.ts';

/** Text as it came, in fixed width, wrapped, with its lines numbered where that helps. Copies the raw text. */
export function CodeBlock({
  text,
  label,
  numbered,
  canDefang,
  tall,
  language,
}: {
  readonly text: string;
  readonly label: string;
  readonly numbered?: boolean;
  readonly canDefang?: boolean;
  readonly tall?: boolean;
  /** Of a query, for its colours. */
  readonly language?: QueryLanguage;
}) {
  return (
    <figure className={classes['block']}>
      <figcaption className={classes['caption']}>
        <span>{label}</span>
        <span className={classes['tools']}>
          {canDefang && defang(text) !== text ? (
            <CopyButton withWords text={() => defang(text)} label="Copy defanged" />
          ) : null}
          <CopyButton withWords text={text} label="Copy" />
        </span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes['scroll']} aria-label={label} tabIndex={0} data-tall={tall}>
        <Lines text={text} numbered={numbered ?? false} language={language} />
      </section>
    </figure>
  );
}

function Lines({
  text,
  numbered,
  language,
}: {
  readonly text: string;
  readonly numbered: boolean;
  readonly language: QueryLanguage | undefined;
}) {
  const stretches = useStretches(language, text);
  if (!numbered) {
    return (
      <pre className={classes['text']}>{language ? <Stretches of={stretches} /> : visibleLines(text).join('\n')}</pre>
    );
  }
  return (
    <ol className={classes['lines']}>
      {linesOf(stretches).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
        <li key={index}>
          <code>{line.length === 0 ? '\u200b' : <Stretches of={line} />}</code>
        </li>
      ))}
    </ol>
  );
}
