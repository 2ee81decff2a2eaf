import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type * as z from 'zod';
import { visibleText } from '#client/format/hostile.ts';
import { VERDICT_WORDS } from '#client/format/words.ts';
import { verdictSchema } from '#shared/alert/alert.ts';
import type { BrokenCase, DifferenceExample, differenceSchema } from '#shared/api/tuning.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import { Button } from './button.tsx';
import classes from './difference.module.css';
import { Notice } from './states.tsx';

export type Difference = z.output<typeof differenceSchema>;

/** What a change would have removed, kept and created, by verdict, with examples. */
export function DifferenceView({
  difference,
  figures,
  onKeep,
  children,
}: {
  readonly difference: Difference;
  /** Numbers beside those of the difference. */
  readonly figures?: ReactNode;
  /** An alert among the removed must keep alerting. */
  readonly onKeep?: (alert: string) => void;
  readonly children?: ReactNode;
}) {
  const { verdicts } = difference;
  return (
    <>
      <dl className={classes['numbers']}>
        <Figure name="alerts removed" value={difference.removed} split={verdicts.removed} bad="true-positive" />
        <Figure name="kept" value={difference.kept} split={verdicts.kept} />
        <Figure
          name="newly created"
          value={difference.created}
          split={verdicts.created}
          bad="false-positive"
          warn={difference.created > 0}
        />
        <Figure name="kept with other counts" value={difference.changed} split={verdicts.changed} />
        {difference.renewed > 0 ? <Figure name="terms new again" value={difference.renewed} warn /> : null}
        {figures}
      </dl>
      {children}
      <Whom title="Hosts of the removed" names={difference.hosts} />
      <Whom title="Parents of the removed" names={difference.parents} />
      <Examples title="Removed" rows={difference.removedExamples} {...(onKeep && { onKeep })} />
      <Examples title="Newly created" rows={difference.createdExamples} />
      <Examples title="Kept with other counts" rows={difference.changedExamples} />
    </>
  );
}

const MOST_CASES = 5;

/** Cases that a change breaks, in red. */
export function BrokenCases({ cases }: { readonly cases: readonly BrokenCase[] }) {
  if (cases.length === 0) return null;
  return (
    <Notice tone="critical" title={`It breaks ${plural(cases.length, 'case')}`}>
      <ul className={classes['cases']}>
        {cases.slice(0, MOST_CASES).map(({ name, outcome }) => (
          <li key={name}>
            {visibleText(name)}: {visibleText(outcome)}
          </li>
        ))}
        {cases.length > MOST_CASES ? <li>and {cases.length - MOST_CASES} more</li> : null}
      </ul>
    </Notice>
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

export function Figure({
  name,
  value,
  split = {},
  bad,
  warn,
}: {
  readonly name: string;
  readonly value: number;
  readonly split?: Readonly<Record<string, number>>;
  /** How the verdicts begin that nobody wants here. */
  readonly bad?: string;
  readonly warn?: boolean;
}) {
  return (
    <div data-warn={warn}>
      <dt>
        {name}
        {Object.entries(split).map(([verdict, alerts]) => (
          <span key={verdict} className={classes['verdict']} data-bad={bad !== undefined && verdict.startsWith(bad)}>
            {alerts} {wordsOf(verdict).toLowerCase()}
          </span>
        ))}
      </dt>
      <dd>{formatCount(value)}</dd>
    </div>
  );
}

function Whom({ title, names }: { readonly title: string; readonly names: Difference['hosts'] }) {
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
  readonly rows: readonly DifferenceExample[];
  readonly onKeep?: (alert: string) => void;
}) {
  if (rows.length === 0) return null;
  return (
    <details className={classes['examples']}>
      <summary>
        {title}: {plural(rows.length, 'example')}
      </summary>
      <ul>
        {rows.map(({ id, stored, event, label, verdict, hosts, because }) => (
          <li key={id}>
            <Subject id={id} stored={stored} event={event} label={label} />
            <span className="dim">
              {hosts.length > 0 ? ` on ${visibleText(hosts.join(', '))}` : null}
              {verdict === null ? null : ` · ${wordsOf(verdict)}`}
            </span>
            {because === undefined ? null : <p>{visibleText(because)}</p>}{' '}
            {onKeep ? <Button onClick={() => onKeep(id)}>Must keep alerting</Button> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** An alert that is stored can be opened; one that would be can be seen by one of its events. */
function Subject({ id, stored, event, label }: Pick<DifferenceExample, 'id' | 'stored' | 'event' | 'label'>) {
  const text = visibleText(label);
  if (stored) {
    return (
      <Link to="/alerts/$id" params={{ id }}>
        {text}
      </Link>
    );
  }
  if (event === null) return <code>{text}</code>;
  return (
    <Link to="/events" search={{ open: event }}>
      {text}
    </Link>
  );
}
