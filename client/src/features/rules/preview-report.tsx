import type { AnswerOf } from '#client/api/call.ts';
import { visibleText } from '#client/format/hostile.ts';
import { formatSpan } from '#client/format/time.ts';
import { BrokenCases, DifferenceView, Figure } from '#client/ui/difference.tsx';
import { Notice } from '#client/ui/states.tsx';
import type { previewRule } from '#shared/api/rule-editing.ts';
import { plural } from '#shared/base/counts.ts';
import { FieldReading } from './field-reading.tsx';
import { PreviewAlerts } from './preview-alerts.tsx';
import { PreviewBars } from './preview-bars.tsx';
import classes from './rules.module.css';

export type Preview = AnswerOf<typeof previewRule>;
type Outcome = NonNullable<Preview['outcome']>;
export type Comparison = NonNullable<Outcome['comparison']>;

/** Below: the cut, and how far the reading is. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(['no-limit', 'reading-field']);

/** What a rule would have raised, beside the saved one by the verdicts that its alerts were given. */
export function PreviewReport({
  preview: { diagnostics, outcome },
  onRead,
  stale = false,
}: {
  readonly preview: Preview;
  /** Fields that it waits for have been read. */
  readonly onRead: () => void;
  readonly stale?: boolean;
}) {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const isReading = diagnostics.some(({ code }) => code === 'reading-field');
  const isUnread = isReading || diagnostics.some(({ code }) => code === 'unread-field');
  return (
    <section aria-label="Preview" aria-busy={stale} className={classes['preview']}>
      {diagnostics
        .filter(({ severity, code }) => severity === 'error' || !TOLD_ELSEWHERE.has(code))
        .map(({ code, severity, message, remedy }) => (
          <Notice
            key={`${code} ${message}`}
            tone={severity === 'error' ? 'critical' : 'medium'}
            title={visibleText(message)}
          >
            {remedy ?? null}
          </Notice>
        ))}
      {isReading ? <FieldReading onRead={onRead} /> : null}
      {errors.length === 0 && !outcome && !isUnread ? <p className="dim">No events are stored in this range.</p> : null}
      {outcome ? <OutcomeReport outcome={outcome} /> : null}
    </section>
  );
}

function OutcomeReport({ outcome }: { readonly outcome: Outcome }) {
  const { comparison } = outcome;
  return (
    <>
      {comparison ? <Against comparison={comparison} /> : null}
      <p role="status">
        <b>{plural(outcome.alerts, 'alert')}</b> from {plural(outcome.eventsMatched, 'matching event')} in{' '}
        {plural(outcome.runs, 'run')}; took {formatSpan(outcome.durationMs)}.
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
      <PreviewAlerts title="What it would raise" alerts={outcome.examples} />
    </>
  );
}

/** Verdict replay: what analysts judged before, under the changed rule. */
function Against({ comparison }: { readonly comparison: Comparison }) {
  const lost = comparison.removedTruePositives;
  const back = comparison.verdicts.created['false-positive'] ?? 0;
  const quiet = comparison.verdicts.removed['false-positive'] ?? 0;
  const { removed, created, changed, brokenCases } = comparison;
  if (removed + created + changed + brokenCases.length === 0) {
    return <p>It raises the same {plural(comparison.kept, 'alert')} as the saved rule.</p>;
  }
  return (
    <>
      {lost > 0 ? (
        <Notice tone="critical" title={`It would lose ${plural(lost, 'true positive')}`}>
          Analysts closed {lost === 1 ? 'this alert' : 'these alerts'} as malicious, and the changed rule does not raise{' '}
          {lost === 1 ? 'it' : 'them'}. Saving asks for a reason.
        </Notice>
      ) : null}
      <BrokenCases cases={brokenCases} />
      <DifferenceView
        difference={comparison}
        figures={
          <>
            <Figure name="true positives lost" value={lost} warn={lost > 0} />
            <Figure name="false positives back" value={back} warn={back > 0} />
            <Figure name="false positives gone" value={quiet} />
          </>
        }
      />
    </>
  );
}
