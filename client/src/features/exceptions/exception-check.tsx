import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '#client/api/call.ts';
import { visibleText } from '#client/format/hostile.ts';
import { formatCount, plural } from '#client/format/number.ts';
import { formatTime } from '#client/format/time.ts';
import { VERDICT_WORDS } from '#client/format/words.ts';
import { Button } from '#client/ui/button.tsx';
import { Failure, Notice, SkeletonRows } from '#client/ui/states.tsx';
import { verdictSchema } from '#shared/alert/alert.ts';
import type { checkException, ExceptionExample } from '#shared/api/exceptions.ts';
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
  const errors = check.diagnostics.some(({ severity }) => severity === 'error');
  return (
    <section className={classes['check']} aria-label="Effect on stored events" aria-busy={stale}>
      {check.diagnostics.map(({ code, severity, message, remedy }) => (
        <Notice
          key={`${code} ${message}`}
          tone={severity === 'error' ? 'critical' : 'medium'}
          title={visibleText(message)}
        >
          {remedy ? visibleText(remedy) : null}
        </Notice>
      ))}
      {check.removedTruePositives > 0 ? (
        <Notice tone="critical" title={`It would have hidden ${plural(check.removedTruePositives, 'true positive')}`}>
          Analysts closed {check.removedTruePositives === 1 ? 'this alert' : 'these alerts'} as malicious. Make the
          conditions narrower.
        </Notice>
      ) : null}
      <BrokenCases cases={check.brokenCases} />
      {errors ? null : <Effect check={check} onKeep={onKeep} />}
    </section>
  );
}

function BrokenCases({ cases }: { readonly cases: Check['brokenCases'] }) {
  if (cases.length === 0) return null;
  return (
    <Notice tone="critical" title={`It breaks ${plural(cases.length, 'case')} that must keep alerting`}>
      <ul>
        {cases.slice(0, 5).map(({ name, outcome }) => (
          <li key={name}>
            {visibleText(name)}: {visibleText(outcome)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Effect({ check, onKeep }: { readonly check: Check; readonly onKeep: (alert: string) => void }) {
  const { origin, range, verdicts } = check;
  return (
    <>
      <dl className={classes['numbers']}>
        <Figure name="alerts removed" value={check.removed} split={verdicts.removed} />
        <Figure name="kept" value={check.kept} split={verdicts.kept} />
        <Figure name="newly created" value={check.created} warn={check.created > 0} />
        <Figure name="kept with other counts" value={check.changed} split={verdicts.changed} />
        {check.renewed > 0 ? <Figure name="terms new again" value={check.renewed} warn /> : null}
        {check.matchedEvents === null ? null : <Figure name="events it holds for" value={check.matchedEvents} />}
      </dl>
      {origin ? <Notice tone={origin.removed ? 'good' : 'medium'} title={visibleText(origin.because)} /> : null}
      <Whom title="Hosts of the removed" names={check.hosts} />
      <Whom title="Parents of the removed" names={check.parents} />
      <Examples title="Removed" rows={check.removedExamples} onKeep={onKeep} />
      <Examples title="Newly created" rows={check.createdExamples} />
      <Examples title="Kept with other counts" rows={check.changedExamples} />
      <p className="dim">
        {range
          ? `Replayed over ${formatTime(range.from, 'utc')} to ${formatTime(range.to, 'utc')} UTC in ${check.durationMs} ms.`
          : 'No events are stored in this range: nothing to replay.'}
      </p>
    </>
  );
}

const OTHER_WORDS: Readonly<Record<string, string>> = {
  open: 'still open',
  none: 'closed without a verdict',
  unknown: 'never raised here',
};

function wordsOf(verdict: string): string {
  const known = verdictSchema.safeParse(verdict);
  return known.success ? VERDICT_WORDS[known.data] : (OTHER_WORDS[verdict] ?? verdict);
}

function Figure({
  name,
  value,
  split = {},
  warn,
}: {
  readonly name: string;
  readonly value: number;
  readonly split?: Readonly<Record<string, number>>;
  readonly warn?: boolean;
}) {
  return (
    <div data-warn={warn}>
      <dt>
        {name}
        {Object.entries(split).map(([verdict, alerts]) => (
          <span
            key={verdict}
            className={classes['verdict']}
            data-malicious={name === 'alerts removed' && verdict.startsWith('true-positive')}
          >
            {alerts} {wordsOf(verdict).toLowerCase()}
          </span>
        ))}
      </dt>
      <dd>{formatCount(value)}</dd>
    </div>
  );
}

function Whom({ title, names }: { readonly title: string; readonly names: Check['hosts'] }) {
  if (names.length === 0) return null;
  return (
    <p className={classes['whom']}>
      <span className="dim">{title}: </span>
      {names.map(({ value, alerts }) => `${visibleText(value)} (${alerts})`).join(', ')}
    </p>
  );
}

function Examples({
  title,
  rows,
  onKeep,
}: {
  readonly title: string;
  readonly rows: readonly ExceptionExample[];
  readonly onKeep?: (alert: string) => void;
}) {
  if (rows.length === 0) return null;
  return (
    <details className={classes['examples']}>
      <summary>
        {title}: {plural(rows.length, 'example')}
      </summary>
      <ul>
        {rows.map(({ id, label, verdict, hosts }) => (
          <li key={id}>
            <Link to="/alerts/$id" params={{ id }}>
              {visibleText(label)}
            </Link>
            <span className="dim">
              {hosts.length > 0 ? ` on ${visibleText(hosts.join(', '))}` : null}
              {verdict === null ? null : ` · ${wordsOf(verdict)}`}
            </span>{' '}
            {onKeep ? <Button onClick={() => onKeep(id)}>Must keep alerting</Button> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}
