import type { Logger } from 'pino';
import type { Attempts } from '#server/auth/attempts.ts';
import type { IngestKeys } from '#server/auth/ingest-keys.ts';
import type { Intake } from '#server/ingest/streams/intake.ts';
import type { SourceBook } from '#server/ingest/streams/source-book.ts';
import type { Instant, Milliseconds } from '#shared/base/time.ts';

/** What requests that send events are answered with. */
export interface IngestServices {
  readonly keys: IngestKeys;
  readonly attempts: Attempts;
  readonly intake: Intake;
  readonly book: SourceBook;
  readonly log: Logger;
  readonly clock: () => Instant;
  /** Names this data folder to clients that take us for a cluster. */
  readonly clusterId: string;
  /** How long a bulk is kept waiting for room before it is refused. */
  readonly patience: Milliseconds;
}
