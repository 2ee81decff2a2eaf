import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { Instant } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Plan } from '#shared/plan/plan.ts';
import type { PlanResult } from '#shared/plan/result.ts';

/** Number of an event within its store: ascending in order of arrival, never used again. */
export type EventNumber = number;

/**
 * Batches from this number on are of streams: many, small, and appended in ascending order, so that only the newest
 * `STREAM_BATCHES_REMEMBERED` of them stay known to `stored`.
 */
export const FIRST_STREAM_BATCH = 1_000_000_000;
export const STREAM_BATCHES_REMEMBERED = 1000;

/** A file of records on its way in: NDJSON or one JSON array, plain, gzip or zstd; recognised by content. */
export interface Batch {
  /** Names the batch for `remove`; from 1, never used again. */
  readonly id: number;
  readonly path: string;
  /** When the records arrived: replaces whatever they say as `event.ingested`, though not in their text. Absent: theirs stays. */
  readonly ingested?: Instant;
}

/** A batch that comes as several files, one after the other: each is read to its end before the next is asked for. */
export interface GatheredBatch extends Omit<Batch, 'path'> {
  readonly parts: AsyncIterable<string>;
}

/** A record that could not be stored, kept for its sender. */
export interface Reject {
  /** Line in the file, from 1; in a JSON array the element's number, from 1. */
  readonly line: number;
  readonly reason: string;
  /** The line, cut at 64 KiB. */
  readonly text: string;
}

export interface AppendReport {
  /** `records = events + rejected + duplicates`; blank lines are no records. */
  readonly records: number;
  readonly events: number;
  readonly rejected: number;
  readonly duplicates: number;
  /** Least and greatest `@timestamp` of the stored events. */
  readonly window: { readonly from: Instant; readonly to: Instant } | null;
}

/** What the store has of a batch that it took. */
export interface StoredBatch {
  readonly events: number;
  /** Least and greatest `@timestamp` of its events that are still there. */
  readonly window: { readonly from: Instant; readonly to: Instant } | null;
}

/** Which events are to go. */
export interface Forgetting {
  /** Those with a lesser `@timestamp`. */
  readonly before: Instant;
  /** Public ids of events that stay whatever their age. */
  readonly keep: readonly string[];
  /** Events of one step, the oldest first. */
  readonly atMost: number;
}

export interface AppendOptions {
  readonly signal?: AbortSignal;
  /** 0 to 1 of the file. */
  readonly onProgress?: (share: number) => void;
  readonly onReject?: (reject: Reject) => void;
  /** An event that is stored already: its record's place among those of the file, from 0. */
  readonly onDuplicate?: (place: number) => void;
  /** Nothing is kept: only whether the records could be stored is wanted. */
  readonly isTrial?: boolean;
  /**
   * Told what the append will report when all of it stands, before its transaction ends: what must be known of it after a crash is
   * written down here. Where that fails, nothing is stored. Not asked of a trial.
   */
  readonly beforeCommit?: (report: AppendReport) => Promise<void>;
}

/** Lines of rejects, and progress, are those of the file that is being read. */
export type GatherOptions = Pick<AppendOptions, 'signal' | 'onProgress' | 'onReject' | 'beforeCommit'>;

export interface StoredDocument {
  readonly number: EventNumber;
  /** `event.id`, else a digest of the record. */
  readonly id: string;
  /** The record exactly as it came. */
  readonly text: string;
}

/** A condition on single events that is asked again and again, as those of rules are. */
export interface StandingFilter {
  readonly filter: Expression;
  /** Fields that plans with this condition mostly read. Reading others costs more. */
  readonly fields: readonly string[];
  /** Where the condition is another one and none of many items: said one by one, so that a change of one costs no more than that. */
  readonly sparing?: {
    readonly of: Expression;
    readonly items: readonly Expression[];
  };
}

/** What became of a filter whose matches were to be kept. */
export type KeptMatches =
  | {
      readonly kept: true;
      /** Events that pass it now. */
      readonly events: number;
    }
  | {
      readonly kept: false;
      readonly reason: 'too many' | 'depends on the time of the run' | 'not supported';
    };

export interface StoreStatistics {
  readonly events: number;
  readonly hosts: number;
  readonly window: { readonly from: Instant; readonly to: Instant } | null;
}

export interface AddFieldsOptions {
  readonly signal?: AbortSignal;
  /** 0 to 1 of the records that are to be read; null from when what was found is put in place, which is not called off any more. */
  readonly onProgress?: (share: number | null) => void;
}

export interface RunOptions {
  /** What `now()` is. */
  readonly now: Instant;
  readonly signal?: AbortSignal;
  /** Of a plan that names its events: what all of them are known to pass. A store may look for them among its matches. */
  readonly among?: Expression;
  /** The query that the plan was made of: warnings name the place in it and what stands there. */
  readonly text?: string;
}

/**
 * Where events live and questions are answered. The only question is a plan; how it is asked of an engine is the
 * store's own business. Problems in what a user gave come back as data; a rejected promise is a failure of the machine
 * (disk, memory, interruption) or a bug.
 */
export interface EventStore {
  /** As it is now: `addFields` adds to it. */
  readonly catalogue: FieldCatalogue;
  /**
   * Gives events the fields of a catalogue that they lack, those stored already from their records. Others may store and ask
   * meanwhile. All or nothing; fields that are there keep their types. Gives the number of events that have to go without, since
   * their records are not kept.
   */
  addFields(catalogue: FieldCatalogue, options?: AddFieldsOptions): Promise<number>;
  /** Stores the records of a file in one transaction: all of it or, on failure or abort, nothing. */
  append(batch: Batch, options?: AppendOptions): Promise<AppendReport>;
  /**
   * The same for several files. Other appends have their turn between two of them; nobody sees anything of the batch before
   * all of it is stored, and an event that another batch brings meanwhile is that one's.
   */
  appendParts(batch: GatheredBatch, options?: GatherOptions): Promise<AppendReport>;
  /** Forgets a batch. */
  remove(batch: number): Promise<void>;
  /** What became of a batch; null where it was never appended. Written in the transaction of the append itself. */
  stored(batch: number): Promise<StoredBatch | null>;
  /** The greatest batch ever appended; 0 before the first. */
  lastBatch(): Promise<number>;
  /** Forgets old events, a bounded number at once; gives how many went. */
  forget(which: Forgetting): Promise<number>;
  /** Bytes that the events take on disk; 0 for a store in memory. */
  size(): Promise<number>;
  /** What of a plan this engine cannot do; empty: it runs exactly. */
  check(plan: Plan): readonly Diagnostic[];
  run(plan: Plan, options: RunOptions): Promise<PlanResult>;
  /**
   * Says which conditions are asked again and again, in place of what was said before. A store may keep the events that pass
   * one at hand, so that a plan which asks it looks at no others: answers come sooner and are the same. Gives what became of
   * each, in their order. Resolves when those kept are complete.
   */
  keepMatches(
    filters: readonly StandingFilter[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly KeptMatches[]>;
  /** Documents of these events, in ascending number; unknown numbers are left out. */
  documents(numbers: readonly EventNumber[]): Promise<readonly StoredDocument[]>;
  /** Public ids of these events, by number, without reading their records; unknown numbers are left out. */
  idsOf(numbers: readonly EventNumber[]): Promise<ReadonlyMap<EventNumber, string>>;
  /** Numbers of events by public id. */
  numbersOf(ids: readonly string[]): Promise<ReadonlyMap<string, EventNumber>>;
  /** Numbers of all process events related by entity id or pid to these, up to `budget`: ancestors first, then descendants by time. */
  lineage(
    numbers: readonly EventNumber[],
    budget: number,
  ): Promise<{ readonly numbers: readonly EventNumber[]; readonly truncated: boolean }>;
  statistics(): Promise<StoreStatistics>;
  close(): Promise<void>;
}
