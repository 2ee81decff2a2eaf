import type { Logger } from 'pino';
import type { Config } from '#server/config.ts';
import { type DemoWriter, demoInPlace } from '#server/ingest/uploads/samples.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { type Instant, type Milliseconds, SECOND } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';

/** What a test puts in place of the world. */
export interface Surroundings {
  readonly clock: () => Instant;
  /** How long a bulk is kept waiting for room before it is refused. */
  readonly patience: Milliseconds;
  readonly openStore: (path: string, config: Config, log: Logger, catalogue: FieldCatalogue) => Promise<EventStore>;
  readonly writeDemo: DemoWriter;
  /** Whether an answer that breaks its schema fails the request. */
  readonly strictAnswers: boolean;
}

/** The real ones, but for how the demo is made: on this thread. */
export const REAL: Surroundings = {
  clock: Date.now,
  // Telegraf waits five seconds for an answer, the other clients known longer.
  patience: 4 * SECOND,
  openStore: (path, { memoryLimit }, log, catalogue) =>
    openDuckdbStore({
      path,
      catalogue,
      log: (line) => log.info(line),
      memoryLimit,
    }),
  writeDemo: demoInPlace,
  strictAnswers: false,
};
