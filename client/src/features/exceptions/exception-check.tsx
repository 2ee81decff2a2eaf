import type { UseQueryResult } from '@tanstack/react-query';
import type { AnswerOf } from '#client/api/call.ts';
import { visibleText } from '#client/format/hostile.ts';
import { formatTime } from '#client/format/time.ts';
import { BrokenCases, DifferenceView, Figure } from '#client/ui/difference.tsx';
import { Failure, Notice, SkeletonRows } from '#client/ui/states.tsx';
import type { checkException } from '#shared/api/exceptions.ts';
import { plural } from '#shared/base/counts.ts';
import classes from './exceptions.module.css';

export type Check = AnswerOf<typeof checkException>;

/** What a draft would do to what is stored, before anything is saved. */
export function ExceptionCheck({
  query,
  complete,
  onKeep,
}: {
  readonly query: UseQueryResult<Check>;
  readonly complete: boolean;
  /** An alert among the removed must keep alerting. */
  readonly onKeep: (alert: string) => void;
}) {
  if (!complete) return <p className="dim">Its effect shows here once the conditions are complete.</p>;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={2} />;
  return <Report check={query.data} stale={query.isPlaceholderData} onKeep={onKeep} />;
}

function Report({
  check,
  stale,
  onKeep,
}: {
  readonly check: Check;
  readonly stale: boolean;
  readonly onKeep: (alert: string) => void;
}) {
  const errors = check.diagnostics.filter(({ severity }) => severity === 'error');
  const warnings = check.diagnostics.filter(({ severity }) => severity !== 'error');
  return (
    <section className={classes['check']} aria-label="Effect on stored events" aria-busy={stale}>
      <Findings of={errors} tone="critical" />
      {check.removedTruePositives > 0 ? (
        <Notice tone="critical" title={`It would have hidden ${plural(check.removedTruePositives, 'true positive')}`}>
          Analysts closed {check.removedTruePositives === 1 ? 'this alert' : 'these alerts'} as malicious. Make the
          conditions narrower.
        </Notice>
      ) : null}
      <BrokenCases cases={check.brokenCases} />
      {errors.length > 0 ? null : <Effect check={check} onKeep={onKeep} />}
      <Findings of={warnings} tone="medium" />
    </section>
  );
}

const Findings = ({ of, tone }: { readonly of: Check['diagnostics']; readonly tone: 'critical' | 'medium' }) =>
  of.map(({ code, message, remedy }) => (
    <Notice key={`${code} ${message}`} tone={tone} title={visibleText(message)}>
      {remedy ? visibleText(remedy) : null}
    </Notice>
  ));

function Effect({ check, onKeep }: { readonly check: Check; readonly onKeep: (alert: string) => void }) {
  const { origin, range } = check;
  return (
    <>
      <DifferenceView
        difference={check}
        figures={
          check.matchedEvents === null ? null : <Figure name="events it holds for" value={check.matchedEvents} />
        }
        onKeep={onKeep}
      >
        {origin ? <Notice tone={origin.removed ? 'good' : 'medium'} title={visibleText(origin.because)} /> : null}
      </DifferenceView>
      <p className="dim">
        {range
          ? `Replayed over ${formatTime(range.from, 'utc')} to ${formatTime(range.to, 'utc')} UTC in ${check.durationMs} ms.`
          : 'No events are stored in this range: nothing to replay.'}
      </p>
    </>
  );
}
