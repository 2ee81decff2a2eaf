import type { EventStore } from '#server/store/event-store.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { openAccess } from './access.ts';
import { lastBatch, storedBatch } from './batches.ts';
import { checkPlan } from './compile/check.ts';
import { type Database, inTransaction } from './connection.ts';
import { documentsOf, idsOf, numbersOf } from './documents.ts';
import { forgetEvents, sizeOf } from './forget.ts';
import { lineageOf } from './lineage/lineage.ts';
import type { Loader } from './load/append.ts';
import type { Matches } from './matches/matches.ts';
import { removeBatch } from './remove.ts';
import { runPlan, type SessionSetting } from './run-plan.ts';
import { sessionsOf } from './sessions.ts';
import type { SpilledFields } from './spilled-fields.ts';
import { rememberStatistics } from './statistics.ts';

export interface DuckdbStoreParts {
  readonly database: Database;
  readonly loader: Loader;
  readonly matches: Matches;
  readonly spilled: SpilledFields;
  readonly catalogue: FieldCatalogue;
  readonly keepText: boolean;
  /** The table of events that can be asked about, as SQL. */
  readonly events: string;
  /** Called when everything is closed. */
  readonly onClosed: () => void;
}

/** The event store over one DuckDB database whose tables stand. Reads run side by side and beside one append. */
export function duckdbStore(parts: DuckdbStoreParts): EventStore {
  const { database, loader, matches, spilled, catalogue, keepText, events, onClosed } = parts;
  const sessions = sessionsOf(database);
  const access = openAccess();
  const statistics = rememberStatistics();
  /** In one transaction: what is asked sees one state of the events. */
  const asked = <Answer>(ask: (setting: SessionSetting) => Promise<Answer>): Promise<Answer> =>
    sessions.use((session) => inTransaction(session, () => ask({ session, catalogue, spilled, matches, events })));
  return {
    catalogue,
    append: (batch, options) => access.beside(() => loader.append(batch, options)),
    appendParts: (batch, options) => access.beside(() => loader.appendParts(batch, options)),
    remove: (batch) => access.beside(() => sessions.use((session) => removeBatch(session, batch))),
    stored: (batch) => sessions.use((session) => storedBatch(session, batch)),
    lastBatch: () => sessions.use(lastBatch),
    forget: (which) => access.beside(() => sessions.use((session) => forgetEvents(session, which, keepText))),
    size: () => sessions.use(sizeOf),
    check: (plan) => checkPlan(plan, catalogue),
    run: (plan, options) => asked((setting) => runPlan(setting, plan, options)),
    keepMatches: (filters, { signal } = {}) =>
      access.alone(() => sessions.use((session) => matches.keep(session, filters, signal))),
    documents: (numbers) => sessions.use((session) => documentsOf(session, numbers, keepText)),
    idsOf: (numbers) => sessions.use((session) => idsOf(session, numbers)),
    numbersOf: (ids) => sessions.use((session) => numbersOf(session, ids)),
    lineage: (numbers, budget) => asked(({ session }) => lineageOf(session, catalogue, numbers, budget)),
    statistics: () => asked(statistics.of),
    close: async () => {
      await access.alone(sessions.close);
      database.close();
      onClosed();
    },
  };
}
