import { must } from '#shared/base/assert.ts';
import type { Instant } from '#shared/base/time.ts';
import { EVENT_COLUMN, EVENTS_COLUMN, FIRST_COLUMN, LAST_COLUMN, type Step, TICK_COLUMN } from '#shared/plan/plan.ts';
import { integerLiteral } from '../sql/literal.ts';
import { type Cell, isNotNull, many, one, singleOf } from './cell.ts';
import { exploded } from './explode.ts';
import { compileCell } from './expression.ts';
import { type Relation, scopeOf, selecting, tableOf } from './relation.ts';
import { columnOf } from './scope.ts';
import { ticksBetween } from './ticks.ts';

type NewTermsStep = Step & { readonly kind: 'new-terms' };

/**
 * The new-terms executor: a single run looks up the history of what its window holds, a schedule goes over everything in one
 * pass. Rows come out alike.
 */
export function newTermsStep(relation: Relation, step: NewTermsStep): Relation {
  const fields = step.fields.map((field) => columnOf(scopeOf(relation), field).cell);
  const asked: Asked = { step, fields, terms: fields.map((_, index) => `t${index}`) };
  const { first, last } = step.ticks;
  const isSingle = first === last;
  return {
    ...(isSingle ? singleRun(relation, asked) : allRuns(relation, asked)),
    columns: [
      ...fields.map(({ type }, index) => column(must(step.fields[index], 'field'), one(type, `t${index}`))),
      column(TICK_COLUMN, one('datetime', 'tick')),
      column(EVENTS_COLUMN, many('long', 'events')),
      column(FIRST_COLUMN, one('datetime', 'first_at')),
      column(LAST_COLUMN, one('datetime', 'last_at')),
    ],
    order: [...(isSingle ? [] : ['tick']), 'first_at', ...asked.terms],
    tick: isSingle ? last : null,
  };
}

const column = (name: string, cell: Cell): Relation['columns'][number] => ({ name, cell, variety: 'many' });

interface Asked {
  readonly step: NewTermsStep;
  /** Cells of the step's fields, and the columns that hold one value of each. */
  readonly fields: readonly Cell[];
  readonly terms: readonly string[];
}

/**
 * In one pass. Let `e` be a time at which a term was seen and `p` the time before it (none at first). A
 * run at `T` finds `e` as the term's first event of its history, and that strictly inside its window, exactly where
 * `e <= T`, `e > T - window` and `p < T - history`: a range of ticks for each `e`, so no run has to be gone through.
 */
function allRuns(relation: Relation, asked: Asked): Relation {
  const { step, terms } = asked;
  const { ticks, history } = step;
  const sightings = sightingsBetween(relation, asked, ticks.first - history, ticks.last, 'kept');
  const runs = selecting(selecting(sightings, firstSightings(terms)), reportingTicks(step, terms));
  return selecting(runs, (from) => reportSql(step, terms, from, tableOf(sightings)));
}

/**
 * One run at `T`: a term is new that is seen after `T - window` and not from `T - history` to there. Few are seen in a window,
 * so the history is asked about these only.
 */
function singleRun(relation: Relation, asked: Asked): Relation {
  const { step, terms } = asked;
  const { ticks, window, history } = step;
  const list = terms.join(', ');
  const before = ticks.last - window;
  const recent = sightingsBetween(relation, asked, Math.max(ticks.last - history, before + 1), ticks.last, 'kept');
  const known = knownTerms(relation, recent, asked, { from: ticks.last - history, to: before });
  return selecting(
    known,
    (from) => `SELECT ${list}, epoch_ms(${integerLiteral(ticks.last)}) AS tick, ${REPORTED}
      FROM ${tableOf(recent)} AS e ANTI JOIN ${from} USING (${list}) GROUP BY ${list}`,
  );
}

/** Those of the recent terms that were seen between two times. */
function knownTerms(
  relation: Relation,
  recent: Relation,
  asked: Asked,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Relation {
  const { fields, terms } = asked;
  const list = terms.join(', ');
  // An inner join of few terms, which the engine passes on to the scan of the history; a semi join takes five times as long.
  const recently = `(SELECT DISTINCT ${list} FROM ${tableOf(recent)})`;
  const again = (source: string): Relation => ({
    ...selecting(recent, () => `SELECT * FROM ${source}`),
    columns: relation.columns,
  });
  const { sparing } = must(relation.tables.at(-1), 'table');
  if (!sparing || fields.some(({ kind, sql }) => kind !== 'one' || !/^\w+$/.test(sql))) {
    const earlier = sightingsBetween(again(tableOf(relation)), asked, from, to);
    return selecting(earlier, (rows) => `SELECT ${list} FROM ${rows} JOIN ${recently} USING (${list})`);
  }
  // What is left out is asked of the few rows with such terms only: a thousand exceptions take longer than the history.
  const seen = withTerms(again(sparing.from), asked, from, to);
  const on = fields.map(({ sql }, index) => `e.${sql} = r.${terms[index]}`).join(' AND ');
  const near = selecting(seen, (rows) => `SELECT e.* FROM ${rows} e JOIN ${recently} r ON ${on}`, 'kept');
  const values = fields.map(({ sql }, index) => `${sql} AS ${terms[index]}`).join(', ');
  return selecting(near, (rows) => `SELECT ${values} FROM ${rows} WHERE ${sparing.condition()}`);
}

/** The rows between two times, both included, that have every field. */
function withTerms(relation: Relation, { step, fields }: Asked, from: Instant, to: Instant): Relation {
  const at = singleOf(compileCell(step.time, scopeOf(relation)));
  const reached = `${at} BETWEEN epoch_ms(${integerLiteral(from)}) AND epoch_ms(${integerLiteral(to)})`;
  return selecting(
    relation,
    (rows) => `SELECT * FROM ${rows} WHERE ${[reached, ...fields.map(isNotNull)].join(' AND ')}`,
  );
}

/**
 * One row per event between two times, both included, and combination of its terms: `t0`, …, `seen_at` in epoch milliseconds,
 * `seq`. Kept where it is read more than once.
 */
function sightingsBetween(relation: Relation, asked: Asked, from: Instant, to: Instant, keep?: 'kept'): Relation {
  const { step, fields, terms } = asked;
  const scope = scopeOf(relation);
  const at = singleOf(compileCell(step.time, scope));
  const { relation: single, cells } = exploded(withTerms(relation, asked, from, to), fields);
  const event = columnOf(scope, EVENT_COLUMN).cell.sql;
  const values = cells.map((cell, index) => `${cell.sql} AS ${terms[index]}`).join(', ');
  return selecting(
    single,
    (from) => `SELECT ${values}, epoch_ms(${at}) AS seen_at, ${event} AS seq FROM ${from}`,
    keep,
  );
}

/** Times at which a term was seen, each once, with the time before it: as lists, so that no text is sorted. */
const firstSightings = (terms: readonly string[]) => (from: string) => {
  const list = terms.join(', ');
  const times = `SELECT ${list}, list_sort(list(seen_at)) AS times FROM ${from} GROUP BY ${list}`;
  const pairs = `SELECT ${list}, unnest(times) AS seen_at, unnest(list_prepend(NULL, times[:-2])) AS seen_before`;
  return `SELECT * FROM (${pairs} FROM (${times})) WHERE seen_before IS DISTINCT FROM seen_at`;
};

/** The ticks of the runs that report a sighting. */
const reportingTicks =
  ({ ticks, window, history }: NewTermsStep, terms: readonly string[]) =>
  (from: string): string => {
    const earliest = `greatest(seen_at, coalesce(seen_before + ${integerLiteral(history)} + 1, seen_at))`;
    const runs = ticksBetween(ticks, earliest, `seen_at + ${integerLiteral(window)} - 1`);
    return `SELECT ${terms.join(', ')}, unnest(${runs}) AS tick FROM ${from}`;
  };

/** Of a term's sightings `e` in the window of a run. */
const REPORTED = `list_sort(list_distinct(list(e.seq))) AS events,
      epoch_ms(min(e.seen_at)) AS first_at, epoch_ms(max(e.seen_at)) AS last_at`;

/** What each run reports: the term with all its events of the run's window. */
function reportSql({ window }: NewTermsStep, terms: readonly string[], runs: string, sightings: string): string {
  const ofRun = terms.map((term) => `r.${term}`).join(', ');
  const same = terms.map((term) => `e.${term} = r.${term}`).join(' AND ');
  return `SELECT ${ofRun}, epoch_ms(r.tick) AS tick, ${REPORTED}
    FROM ${runs} r JOIN ${sightings} e ON ${same} AND e.seen_at BETWEEN r.tick - ${integerLiteral(window)} AND r.tick
    GROUP BY r.tick, ${ofRun}`;
}
