import type { AppendOptions, AppendReport, EventStore, Reject, StoreStatistics } from '#server/store/event-store.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { Instant } from '#shared/base/time.ts';
import { evaluatePlan } from '#shared/evaluate/evaluate.ts';
import { canCall } from '#shared/evaluate/functions.ts';
import { flattener } from '#shared/event/document.ts';
import { catalogueOf, type FieldCatalogue } from '#shared/event/field.ts';
import { mergeFields } from '#shared/event/merge-fields.ts';
import { sourceColumns } from '#shared/plan/columns.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { validatePlan } from '#shared/plan/validate.ts';
import { expressionsOf, visitExpression } from '#shared/plan/walk.ts';
import { storedDocument } from '../records/parse-record.ts';
import { relatedEvents } from './lineage.ts';
import type { RawRecord } from './raw-record.ts';
import { eventReader, type ReadEvent } from './read-event.ts';
import { readRecords } from './read-records.ts';

interface StoredEvent extends ReadEvent {
  readonly number: number;
  readonly batch: number;
}

/** Longest text of a refused record that is kept for its sender, in bytes. */
const REJECT_TEXT_BYTES = 64 * 1024;

export interface ReferenceStoreOptions {
  readonly catalogue: FieldCatalogue;
  /** Takes records without a time, and one as often as it occurs: what a question to any file wants, and no event store. */
  readonly anyRecord?: boolean;
}

/**
 * An event store in memory over the reference evaluator: slow, simple, and right by definition. For tests, and to judge
 * other engines on a user's own files.
 */
export function openReferenceStore({ catalogue: fields, anyRecord = false }: ReferenceStoreOptions): EventStore {
  let catalogue = fields;
  let read = eventReader(catalogue, !anyRecord);
  let events: readonly StoredEvent[] = [];
  let lastNumber = 0;
  const batches = new Map<number, number>();

  /** All at once, after the last record has been read: an append that fails leaves nothing behind. */
  function store(
    batch: number,
    found: readonly (ReadEvent & { readonly place: number })[],
    onDuplicate: AppendOptions['onDuplicate'],
  ): readonly StoredEvent[] {
    const known = new Set(events.map(({ id }) => id));
    const added: StoredEvent[] = [];
    for (const event of found) {
      if (known.has(event.id) && !anyRecord) {
        onDuplicate?.(event.place);
        continue;
      }
      known.add(event.id);
      lastNumber += 1;
      added.push({ ...event, number: lastNumber, batch });
    }
    events = [...events, ...added];
    return added;
  }

  type Placed = ReadEvent & { readonly place: number };
  interface Read {
    readonly found: readonly Placed[];
    readonly rejected: number;
  }

  async function readFile(path: string, ingested: Instant | undefined, options: AppendOptions): Promise<Read> {
    const found: Placed[] = [];
    let rejected = 0;
    for await (const record of readRecords(path, options)) {
      const event = read(record);
      if (event.ok) found.push({ ...stamped(event.value, ingested), place: found.length + rejected });
      else {
        rejected += 1;
        options.onReject?.(rejectOf(record, event.error));
      }
    }
    return { found, rejected };
  }

  async function take(batch: number, { found, rejected }: Read, options: AppendOptions): Promise<AppendReport> {
    options.signal?.throwIfAborted();
    const before = { events, lastNumber };
    const takeBack = () => {
      ({ events, lastNumber } = before);
    };
    const added = store(batch, found, options.onDuplicate);
    const report = {
      records: found.length + rejected,
      events: added.length,
      rejected,
      duplicates: found.length - added.length,
      window: windowOf(added),
    };
    if (options.isTrial) {
      takeBack();
      return report;
    }
    try {
      await options.beforeCommit?.(report);
    } catch (error) {
      takeBack();
      throw error;
    }
    batches.set(batch, added.length);
    return report;
  }

  return {
    get catalogue() {
      return catalogue;
    },
    addFields: async (wanted, { signal } = {}) => {
      signal?.throwIfAborted();
      const merged = mergeFields(catalogue.fields, wanted.fields);
      const flatten = flattener(catalogueOf(merged.unread));
      events = events.map((event) => ({
        ...event,
        document: new Map([...event.document, ...flatten(storedDocument(event.text))]),
      }));
      catalogue = catalogueOf(merged.fields);
      read = eventReader(catalogue, !anyRecord);
      return 0;
    },
    append: async ({ id, path, ingested }, options = {}) => take(id, await readFile(path, ingested, options), options),
    appendParts: async ({ id, parts, ingested }, options = {}) => {
      const all: Read[] = [];
      for await (const path of parts) all.push(await readFile(path, ingested, options));
      const rejected = all.reduce((sum, part) => sum + part.rejected, 0);
      return take(id, { found: all.flatMap(({ found }) => found), rejected }, options);
    },
    remove: async (batch) => {
      events = events.filter((event) => event.batch !== batch);
    },
    stored: async (batch) => {
      const count = batches.get(batch);
      return count === undefined
        ? null
        : { events: count, window: windowOf(events.filter((event) => event.batch === batch)) };
    },
    lastBatch: async () => Math.max(0, ...batches.keys()),
    forget: async ({ before, keep, atMost }) => {
      const kept = new Set(keep);
      const old = events
        .filter((event) => timeOf(event) < before && !kept.has(event.id))
        .sort((left, right) => timeOf(left) - timeOf(right));
      const gone = new Set(old.slice(0, atMost).map(({ number }) => number));
      events = events.filter(({ number }) => !gone.has(number));
      return gone.size;
    },
    size: async () => 0,
    check: (plan) => [...validatePlan(plan, sourceColumns(catalogue)), ...missingFunctions(plan)],
    run: async (plan, { now, signal, text }) => {
      signal?.throwIfAborted();
      return evaluatePlan(plan, events, { now, catalogue, ...(text !== undefined && { text }) });
    },
    keepMatches: async (filters) => filters.map(() => ({ kept: false, reason: 'not supported' })),
    documents: async (numbers) => {
      const wanted = new Set(numbers);
      return events.filter(({ number }) => wanted.has(number)).map(({ number, id, text }) => ({ number, id, text }));
    },
    idsOf: async (numbers) => {
      const wanted = new Set(numbers);
      return new Map(events.filter(({ number }) => wanted.has(number)).map(({ number, id }) => [number, id]));
    },
    numbersOf: async (ids) => {
      const wanted = new Set(ids);
      return new Map(events.filter(({ id }) => wanted.has(id)).map(({ id, number }) => [id, number]));
    },
    lineage: async (numbers, budget) => {
      const related = relatedEvents(events, numbers);
      return { numbers: related.slice(0, budget).map(({ number }) => number), truncated: related.length > budget };
    },
    statistics: async () => statisticsOf(events),
    close: async () => {
      events = [];
    },
  };
}

const rejectOf = ({ line, bytes }: RawRecord, reason: string): Reject => ({
  line,
  reason,
  text: bytes.subarray(0, REJECT_TEXT_BYTES).toString('utf8'),
});

const INGESTED = 'event.ingested';

const stamped = (event: ReadEvent, ingested: Instant | undefined): ReadEvent =>
  ingested === undefined ? event : { ...event, document: new Map([...event.document, [INGESTED, [ingested]]]) };

/** One without a time is never old. */
const timeOf = ({ document }: ReadEvent): Instant =>
  Number(document.get('@timestamp')?.[0] ?? Number.POSITIVE_INFINITY);

function windowOf(events: readonly StoredEvent[]): StoreStatistics['window'] {
  const times = events.flatMap(({ document }) => (document.get('@timestamp') ?? []).map(Number));
  if (times.length === 0) return null;
  return {
    from: times.reduce((least, time) => Math.min(least, time)),
    to: times.reduce((greatest, time) => Math.max(greatest, time)),
  };
}

const statisticsOf = (events: readonly StoredEvent[]): StoreStatistics => ({
  events: events.length,
  hosts: new Set(events.flatMap(({ document }) => document.get('host.id') ?? [])).size,
  window: windowOf(events),
});

function missingFunctions(plan: Plan): readonly Diagnostic[] {
  const missing = new Set<string>();
  for (const expression of plan.steps.flatMap(expressionsOf)) {
    visitExpression(expression, (node) => {
      if (node.kind === 'call' && !canCall(node.name)) missing.add(node.name);
    });
  }
  return [...missing].map((name) => ({
    code: 'missing-function',
    severity: 'error',
    message: `The reference evaluator has no function ${name}.`,
  }));
}
