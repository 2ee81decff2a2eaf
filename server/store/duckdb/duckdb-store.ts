import type { EventStore } from '#server/store/event-store.ts';
import { openAccess } from './access.ts';
import { lastBatch, storedBatch } from './batches.ts';
import { checkPlan } from './compile/check.ts';
import { type Database, inTransaction } from './connection.ts';
import { documentsOf, idsOf, numbersOf } from './documents.ts';
import { addFields } from './fields/add-fields.ts';
import { forgetEvents, sizeOf } from './forget.ts';
import { lineageOf } from './lineage/lineage.ts';
import type { Layout } from './load/schema.ts';
import { removeBatch } from './remove.ts';
import { runPlan, type SessionSetting } from './run-plan.ts';
import { sessionsOf } from './sessions.ts';
import { workingOver } from './working.ts';

export interface DuckdbStoreParts {
  readonly database: Database;
  /** Of the tables as they stand. */
  readonly layout: Layout;
  /** For temporary files; the system's own folder if absent. */
  readonly scratch: string | undefined;
  /** Called when everything is closed. */
  readonly onClosed: () => void;
}

/** The event store over one DuckDB database whose tables stand. Reads run side by side and beside one append. */
export function duckdbStore({ database, layout, scratch, onClosed }: DuckdbStoreParts): EventStore {
  let working = workingOver(database, layout, scratch);
  const sessions = sessionsOf(database);
  const access = openAccess();
  /** One after the other: each goes by the fields that the one before it has left. */
  const adding = openAccess();
  /** In one transaction: what is asked sees one state of the events. */
  const asked = <Answer>(ask: (setting: SessionSetting) => Promise<Answer>): Promise<Answer> => {
    const { spilled, matches } = working;
    const { catalogue } = working.layout;
    return sessions.use((session) =>
      inTransaction(session, () => ask({ session, catalogue, spilled, matches, events: 'events' })),
    );
  };
  return {
    get catalogue() {
      return working.layout.catalogue;
    },
    addFields: (catalogue, options = {}) =>
      adding.alone(() =>
        addFields(
          {
            ...{ sessions, scratch, options, layout: working.layout },
            alone: access.alone,
            adopt: (after) => {
              working = workingOver(database, after, scratch);
            },
          },
          catalogue,
        ),
      ),
    append: (batch, options) => access.beside(() => working.loader.append(batch, options)),
    appendParts: (batch, options) => access.beside(() => working.loader.appendParts(batch, options)),
    remove: (batch) => access.beside(() => sessions.use((session) => removeBatch(session, batch))),
    stored: (batch) => sessions.use((session) => storedBatch(session, batch)),
    lastBatch: () => sessions.use(lastBatch),
    forget: (which) => access.beside(() => sessions.use((session) => forgetEvents(session, which, layout.keepText))),
    size: () => sessions.use(sizeOf),
    check: (plan) => checkPlan(plan, working.layout.catalogue),
    run: (plan, options) => asked((setting) => runPlan(setting, plan, options)),
    keepMatches: (filters, { signal } = {}) =>
      access.alone(() => sessions.use((session) => working.matches.keep(session, filters, signal))),
    documents: (numbers) => sessions.use((session) => documentsOf(session, numbers, layout.keepText)),
    idsOf: (numbers) => sessions.use((session) => idsOf(session, numbers)),
    numbersOf: (ids) => sessions.use((session) => numbersOf(session, ids)),
    lineage: (numbers, budget) => asked(({ session, catalogue }) => lineageOf(session, catalogue, numbers, budget)),
    statistics: () => asked(working.statistics.of),
    close: async () => {
      await adding.alone(() => access.alone(sessions.close));
      database.close();
      onClosed();
    },
  };
}
