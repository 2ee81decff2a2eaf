import type { Logger } from 'pino';
import type { Evaluation } from '#server/alerts/evaluation.ts';
import type { State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { LiveTopic } from '#shared/api/status.ts';
import type { Instant } from '#shared/base/time.ts';
import type { FailedSegments } from './failed-segments.ts';
import type { Recognise } from './stream-mapper.ts';
import type { StreamSpool } from './stream-spool.ts';
import type { Tally } from './stream-tally.ts';

/** What the loader of streams works with. */
export interface StreamLoaderOptions {
  readonly state: State;
  readonly store: EventStore;
  readonly spool: StreamSpool;
  /** For the files of the segment that is being loaded. */
  readonly folder: string;
  /** For the lines that mappers are to know after a restart. */
  readonly memoryFolder: string;
  readonly failed: FailedSegments;
  readonly recognise: Recognise;
  readonly clock: () => Instant;
  readonly log: Logger;
  readonly publish: (...topics: readonly LiveTopic[]) => void;
  /** Runs the rules that are judged event by event over a range of event time. */
  readonly evaluate: (range: { from: Instant; to: Instant }, signal: AbortSignal) => Promise<readonly Evaluation[]>;
  /** Told of each segment that has ended. */
  readonly onLoaded: (tallies: Iterable<Tally>) => void;
  /** Told when a segment could not be loaded, in words; it is tried again. */
  readonly onTrouble: (problem: string | null) => void;
}
