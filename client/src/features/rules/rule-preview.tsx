import { useState } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { formatCount, plural } from '#client/format/number.ts';
import { formatSpan } from '#client/format/time.ts';
import { Button } from '#client/ui/button.tsx';
import { IconPlayerPlay, IconX } from '#client/ui/icons.ts';
import { Panel } from '#client/ui/page.tsx';
import { Failure, Notice, SkeletonRows } from '#client/ui/states.tsx';
import { type Range, TimeRange } from '#client/ui/time-range.tsx';
import { previewRule } from '#shared/api/rule-editing.ts';
import type { RuleChanges } from '#shared/rule/rule-changes.ts';
import { PreviewAlerts } from './preview-alerts.tsx';
import { PreviewBars } from './preview-bars.tsx';
import classes from './rules.module.css';

type Preview = AnswerOf<typeof previewRule>;

/** A rule that is there, or the text of one that is not. */
export type PreviewSubject = { readonly slug: string } | { readonly text: string };

type Asked = PreviewSubject & {
  readonly changes: RuleChanges;
  readonly from: string | undefined;
  readonly to: string | undefined;
};

/** What the rule as it stands in the form would have raised over a range. Asked for by a button: a week of data takes a moment. */
export function RulePreview({
  subject,
  changes,
  ready,
}: {
  readonly subject: PreviewSubject;
  readonly changes: RuleChanges;
  readonly ready: boolean;
}) {
  const [range, setRange] = useState<Range>({ from: undefined, to: undefined });
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <Panel
      title="Preview"
      actions={
        <>
          <TimeRange value={range} onChange={setRange} />
          {asked ? (
            <Button icon={IconX} onClick={() => setAsked(null)}>
              Clear
            </Button>
          ) : null}
          <Button
            icon={IconPlayerPlay}
            disabled={!ready}
            onClick={() => setAsked({ ...subject, changes, from: range.from, to: range.to })}
          >
            Preview
          </Button>
        </>
      }
    >
      {asked ? (
        <Answer asked={asked} />
      ) : (
        <p className="dim">
          Runs the schedule over stored events, with these settings and the exceptions in force. Nothing is kept.
        </p>
      )}
    </Panel>
  );
}

/** Leaving the page, or clearing, cancels the request: the server stops at once. */
function Answer({ asked }: { readonly asked: Asked }) {
  const query = useEndpoint(previewRule, { body: { ...asked, language: 'kuery' } }, { calm: true });
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={4} />;
  return <Report preview={query.data} />;
}

function Report({ preview: { diagnostics, outcome } }: { readonly preview: Preview }) {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return (
    <section aria-label="Preview" className={classes['preview']}>
      {errors.map(({ code, message, remedy }) => (
        <Notice key={`${code} ${message}`} tone="critical" title={message}>
          {remedy ?? null}
        </Notice>
      ))}
      {errors.length === 0 && !outcome ? <p className="dim">No events are stored in this range.</p> : null}
      {outcome ? (
        <>
          <p role="status">
            <b>{plural(outcome.alerts, 'alert')}</b> from {plural(outcome.eventsMatched, 'matching event')} in{' '}
            {plural(outcome.runs, 'run')}; took {formatSpan(outcome.durationMs)}.
            {outcome.comparison ? (
              <>
                {' '}
                Against the saved rule: <b>{formatCount(outcome.comparison.created)} new</b>,{' '}
                <b>{formatCount(outcome.comparison.removed)} gone</b>, {formatCount(outcome.comparison.kept)} kept.
              </>
            ) : null}
          </p>
          <PreviewBars outcome={outcome} />
          {outcome.cut > 0 ? <p>{plural(outcome.cut, 'row')} beyond the limit of alerts a run.</p> : null}
          {outcome.skipped.map(({ reason, events }) => (
            <p key={reason} className="dim">
              {plural(events, 'event')} not judged: {reason}
            </p>
          ))}
          {outcome.warnings.slice(0, 10).map((warning) => (
            <p key={warning} className="dim">
              {warning}
            </p>
          ))}
          {outcome.comparison ? (
            <>
              <PreviewAlerts title="New" alerts={outcome.comparison.createdExamples} />
              <PreviewAlerts title="Gone" alerts={outcome.comparison.removedExamples} />
            </>
          ) : null}
          <PreviewAlerts title="What it would raise" alerts={outcome.examples} />
        </>
      ) : null}
    </section>
  );
}
