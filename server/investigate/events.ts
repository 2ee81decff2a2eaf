import type * as z from 'zod';
import type { EventNumber, EventStore } from '#server/store/event-store.ts';
import { storedDocument } from '#server/store/records/parse-record.ts';
import type { EventSummary, getEvent, searchEvents as searchEndpoint } from '#shared/api/events.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import { formatInstant, type Instant, MINUTE, parseInstant } from '#shared/base/time.ts';
import { flatten } from '#shared/event/document.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { aggregate, eventsNumbered, planBuilder } from '#shared/plan/build.ts';
import { allOf, type Expression } from '#shared/plan/expression.ts';
import type { Row } from '#shared/plan/value.ts';
import { ask, within } from './ask.ts';
import { barWidth, histogram } from './histogram.ts';
import { numberOfEvent, publicIds } from './public-id.ts';
import { numberOf, SUMMARY_COLUMNS, summaryOf } from './summary.ts';

type SearchQuery = z.output<typeof searchEndpoint.query>;
type SearchAnswer = z.output<typeof searchEndpoint.response>;

/** Events that a KQL query matches, newest first, with their number over time. A bad query comes back as diagnostics. */
export async function searchEvents(
  store: EventStore,
  query: SearchQuery,
): Promise<Result<SearchAnswer, readonly Diagnostic[]>> {
  const compiled = compileKql(query.kql, store.catalogue);
  if (!compiled.ok) return fail(compiled.error);
  const known = await store.statistics();
  if (!known.window) return succeed({ events: [], total: 0, histogram: [], bucketMs: MINUTE });
  const from = instantOr(query.from, known.window.from);
  const to = instantOr(query.to, known.window.to);
  const where = allOf([within(store, { from, to }), compiled.value.expression]);
  const bucketMs = barWidth(to - from);
  const [events, bars] = await Promise.all([
    page(store, where, query),
    histogram(store, [{ kind: 'filter', where }], { width: bucketMs, now: to }),
  ]);
  const total = bars.reduce((sum, bar) => sum + bar.count, 0);
  return succeed({ events, total, histogram: bars, bucketMs });
}

/** How many events a KQL query matches between two times. A bad query comes back as diagnostics. */
export async function countEvents(
  store: EventStore,
  { kql, from, to }: { readonly kql: string; readonly from: string; readonly to: string },
): Promise<Result<number, readonly Diagnostic[]>> {
  const compiled = compileKql(kql, store.catalogue);
  if (!compiled.ok) return fail(compiled.error);
  const range = { from: parseInstant(from) ?? undefined, to: parseInstant(to) ?? undefined };
  const where = allOf([within(store, range), compiled.value.expression]);
  const [row] = await ask(
    store,
    [
      { kind: 'filter', where },
      { kind: 'aggregate', aggregates: [aggregate('count', 'count')], keys: [] },
    ],
    Date.now(),
  );
  return succeed(numberOf(row?.['count']) ?? 0);
}

const instantOr = (text: string | undefined, fallback: Instant): Instant =>
  (text === undefined ? null : parseInstant(text)) ?? fallback;

async function page(store: EventStore, where: Expression, query: SearchQuery): Promise<EventSummary[]> {
  const count = query.offset + query.limit;
  const rows = await byTime(store, where, { direction: 'descending', columns: SUMMARY_COLUMNS, count });
  return withIds(store, rows.slice(query.offset));
}

interface Order {
  readonly direction: 'ascending' | 'descending';
  readonly columns: readonly string[];
  /** At most so many. */
  readonly count: number;
}

/** Columns of events in the order of their times. */
function byTime(store: EventStore, where: Expression, { direction, columns, count }: Order): Promise<readonly Row[]> {
  const { column } = planBuilder(store.catalogue);
  return ask(
    store,
    [
      { kind: 'filter', where },
      // Before sorting, so that ties are settled by these columns and not by all that an event has.
      { kind: 'keep', columns },
      { kind: 'sort', by: [{ value: column('@timestamp'), direction, nulls: 'last' }] },
      { kind: 'limit', count },
    ],
    Date.now(),
  );
}

/** Rows of `SUMMARY_COLUMNS` as summaries. */
async function withIds(store: EventStore, rows: readonly Row[]): Promise<EventSummary[]> {
  const idOf = await publicIds(store, rows);
  return rows.map((row) => summaryOf(row, idOf(row)));
}

/** Summaries of these events by time; ids that the store does not hold are counted, not guessed. */
export async function eventSummaries(
  store: EventStore,
  ids: readonly string[],
  limit: number,
): Promise<{ events: EventSummary[]; total: number; missing: number }> {
  const numbers = await store.numbersOf(ids);
  const missing = ids.filter((id) => !numbers.has(id)).length;
  if (numbers.size === 0) return { events: [], total: ids.length, missing };
  const rows = await byTime(store, eventsNumbered([...numbers.values()]), {
    direction: 'ascending',
    columns: SUMMARY_COLUMNS,
    count: limit,
  });
  return { events: await withIds(store, rows), total: ids.length, missing };
}

/** Events of one moment that are looked through: where clocks tell no more than seconds there are many. */
const MOST_AT_ONCE = 500;

/**
 * The first by time of events by public id, of which one was at `at` and none before; undefined where the store has none of
 * them. It is sought at its moment; only where it is gone are all the others looked for.
 */
export async function firstEvent(
  store: EventStore,
  ids: readonly string[],
  at: Instant,
): Promise<EventNumber | undefined> {
  const own = new Set(ids);
  const order = { direction: 'ascending', columns: ['@timestamp', 'event.id'] } as const;
  const rows = await byTime(store, within(store, { from: at, to: at }), { ...order, count: MOST_AT_ONCE });
  const idOf = await publicIds(store, rows);
  const first = rows.find((row) => own.has(idOf(row)));
  if (first) return numberOfEvent(first);
  const numbers = await store.numbersOf(ids);
  if (numbers.size === 0) return undefined;
  const [left] = await byTime(store, eventsNumbered([...numbers.values()]), { ...order, count: 1 });
  return left && numberOfEvent(left);
}

/** One event: its text as it came, and its fields as queries see them. Null where the store does not hold it. */
export async function eventById(store: EventStore, id: string): Promise<z.output<typeof getEvent.response> | null> {
  const number = (await store.numbersOf([id])).get(id);
  const [document] = number === undefined ? [] : await store.documents([number]);
  if (!document) return null;
  const flat = flatten(storedDocument(document.text), store.catalogue);
  const fields = Object.fromEntries(
    [...flat].map(([name, values]) => {
      const isDate = store.catalogue.find(name)?.type === 'date';
      return [name, values.map((value) => (isDate ? formatInstant(Number(value)) : String(value)))];
    }),
  );
  return { id, document: document.text, fields };
}
