import type { z } from 'zod';
import type { EventStore } from '#server/store/event-store.ts';
import type {
  EventSummary,
  fieldValues as fieldValuesEndpoint,
  getEvent,
  searchEvents as searchEndpoint,
} from '#shared/api/events.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import {
  DAY,
  formatInstant,
  HOUR,
  type Instant,
  MINUTE,
  type Milliseconds,
  parseInstant,
  SECOND,
} from '#shared/base/time.ts';
import { flatten } from '#shared/event/document.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { aggregate, planBuilder } from '#shared/plan/build.ts';
import { allOf, type Expression } from '#shared/plan/expression.ts';
import type { Step } from '#shared/plan/plan.ts';
import type { Row } from '#shared/plan/value.ts';
import { ask, numbered, within } from './ask.ts';
import { publicIds } from './public-id.ts';
import { numberOf, SUMMARY_COLUMNS, summaryOf, textOf } from './summary.ts';

type SearchQuery = z.output<typeof searchEndpoint.query>;
type SearchAnswer = z.output<typeof searchEndpoint.response>;

/** Bars a histogram aims at. */
const BARS = 60;
const BAR_WIDTHS: readonly Milliseconds[] = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  DAY,
  7 * DAY,
];

/** Width of a bar so that a range has at most about `BARS` of them. */
export function barWidth(range: Milliseconds): Milliseconds {
  return BAR_WIDTHS.find((width) => range / width <= BARS) ?? Math.ceil(range / BARS / DAY) * DAY;
}

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
  const [events, bars] = await Promise.all([page(store, where, query), histogram(store, where, bucketMs, to)]);
  const total = bars.reduce((sum, bar) => sum + bar.count, 0);
  return succeed({ events, total, histogram: bars, bucketMs });
}

const instantOr = (text: string | undefined, fallback: Instant): Instant =>
  (text === undefined ? null : parseInstant(text)) ?? fallback;

async function page(store: EventStore, where: Expression, query: SearchQuery): Promise<EventSummary[]> {
  const { column } = planBuilder(store.catalogue);
  const rows = await ask(
    store,
    [
      { kind: 'filter', where },
      // Before sorting, so that ties are settled by these columns and not by all that an event has.
      { kind: 'keep', columns: SUMMARY_COLUMNS },
      { kind: 'sort', by: [{ value: column('@timestamp'), direction: 'descending', nulls: 'last' }] },
      { kind: 'limit', count: query.offset + query.limit },
    ],
    Date.now(),
  );
  return withIds(store, rows.slice(query.offset));
}

async function histogram(
  store: EventStore,
  where: Expression,
  width: Milliseconds,
  now: Instant,
): Promise<SearchAnswer['histogram']> {
  const { single } = planBuilder(store.catalogue);
  const bucket: Expression = {
    kind: 'call',
    name: 'date_bucket',
    type: 'datetime',
    args: [single('@timestamp'), { kind: 'literal', type: 'span', value: width }],
  };
  const rows = await ask(
    store,
    [
      { kind: 'filter', where },
      { kind: 'aggregate', aggregates: [aggregate('count', 'count')], keys: [{ name: 'at', value: bucket }] },
      {
        kind: 'sort',
        by: [{ value: { kind: 'column', name: 'at', type: 'datetime' }, direction: 'ascending', nulls: 'last' }],
      },
    ],
    now,
  );
  return rows.map((row) => ({ at: formatInstant(numberOf(row['at']) ?? 0), count: numberOf(row['count']) ?? 0 }));
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
  const { column } = planBuilder(store.catalogue);
  const rows = await ask(
    store,
    [
      { kind: 'filter', where: numbered([...numbers.values()]) },
      { kind: 'keep', columns: SUMMARY_COLUMNS },
      { kind: 'sort', by: [{ value: column('@timestamp'), direction: 'ascending', nulls: 'last' }] },
      { kind: 'limit', count: limit },
    ],
    Date.now(),
  );
  return { events: await withIds(store, rows), total: ids.length, missing };
}

/** One event: its text as it came, and its fields as queries see them. Null where the store does not hold it. */
export async function eventById(store: EventStore, id: string): Promise<z.output<typeof getEvent.response> | null> {
  const number = (await store.numbersOf([id])).get(id);
  const [document] = number === undefined ? [] : await store.documents([number]);
  if (!document) return null;
  const flat = flatten(JSON.parse(document.text), store.catalogue);
  const fields = Object.fromEntries(
    [...flat].map(([name, values]) => {
      const isDate = store.catalogue.find(name)?.type === 'date';
      return [name, values.map((value) => (isDate ? formatInstant(Number(value)) : String(value)))];
    }),
  );
  return { id, document: document.text, fields };
}

/** The most frequent values of a field that begin with a text; null where the field is unknown. */
export async function fieldValues(
  store: EventStore,
  field: string,
  prefix: string,
  limit: number,
): Promise<z.output<typeof fieldValuesEndpoint.response> | null> {
  if (!store.catalogue.find(field)) return null;
  const { column } = planBuilder(store.catalogue);
  const known: Expression = { kind: 'not', operand: { kind: 'is-null', of: column(field) } };
  const steps: Step[] = [
    { kind: 'filter', where: known },
    { kind: 'aggregate', aggregates: [aggregate('count', 'count')], keys: [{ name: 'value', value: column(field) }] },
    {
      kind: 'derive',
      columns: [
        {
          name: 'text',
          value: {
            kind: 'call',
            name: 'to_string',
            type: 'string',
            args: [{ kind: 'column', name: 'value', type: 'string' }],
          },
        },
      ],
    },
    {
      kind: 'filter',
      where: {
        kind: 'like',
        value: { kind: 'column', name: 'text', type: 'string' },
        patterns: [prefix ? [prefix, { wildcard: 'many' }] : [{ wildcard: 'many' }]],
      },
    },
    {
      kind: 'sort',
      by: [{ value: { kind: 'column', name: 'count', type: 'long' }, direction: 'descending', nulls: 'last' }],
    },
    { kind: 'limit', count: limit },
  ];
  const rows = await ask(store, steps, Date.now());
  return { values: rows.map((row) => ({ value: textOf(row['text']) ?? '', count: numberOf(row['count']) ?? 0 })) };
}
