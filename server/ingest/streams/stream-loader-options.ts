import type { IngestContext } from '#server/ingest/ingest-context.ts';
import type { FailedSegments } from './failed-segments.ts';
import type { Recognise } from './stream-mapper.ts';
import type { StreamSpool } from './stream-spool.ts';
import type { Tally } from './stream-tally.ts';

/** What the loader of streams works with; its rules are those that are judged event by event. */
export interface StreamLoaderOptions extends IngestContext {
  readonly spool: StreamSpool;
  /** For the files of the segment that is being loaded. */
  readonly folder: string;
  /** For the lines that mappers are to know after a restart. */
  readonly memoryFolder: string;
  readonly failed: FailedSegments;
  readonly recognise: Recognise;
  /** Told of each segment that has ended. */
  readonly onLoaded: (tallies: Iterable<Tally>) => void;
  /** Told when a segment could not be loaded, in words; it is tried again. */
  readonly onTrouble: (problem: string | null) => void;
}
