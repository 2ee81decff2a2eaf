import type { Logger } from 'pino';
import type { Config } from '#server/config.ts';
import { type DemoWriter, demoInPlace } from '#server/ingest/samples.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { Instant } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';

/** What a test puts in place of the world. */
export interface Surroundings {
  readonly clock: () => Instant;
  readonly openStore: (path: string, config: Config, log: Logger, catalogue: FieldCatalogue) => Promise<EventStore>;
  readonly writeDemo: DemoWriter;
  /** Whether an answer that breaks its schema fails the request. */
  readonly strictAnswers: boolean;
}

/** The real ones, but for how the demo is made: on this thread. */
export const REAL: Surroundings = {
  clock: Date.now,
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
