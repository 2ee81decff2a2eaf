import type { EventStore } from '#server/store/event-store.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { PlanResult } from '#shared/plan/result.ts';
import { checkPlan } from './compile/check.ts';
import { compilePlan } from './compile/compile.ts';
import type { Database } from './connection.ts';
import { documentsOf, numbersOf } from './documents.ts';
import { lineageOf } from './lineage/lineage.ts';
import type { Loader } from './load/append.ts';
import { removeBatch } from './remove.ts';
import { planRows } from './result.ts';
import { sessionsOf } from './sessions.ts';
import { statisticsOf } from './statistics.ts';
import { warningsOf } from './warnings.ts';

export interface DuckdbStoreParts {
  readonly database: Database;
  readonly loader: Loader;
  readonly catalogue: FieldCatalogue;
  readonly keepText: boolean;
  /** Called when everything is closed. */
  readonly onClosed: () => void;
}

/** The event store over one DuckDB database whose tables stand. Reads run side by side and beside one append. */
export function duckdbStore({ database, loader, catalogue, keepText, onClosed }: DuckdbStoreParts): EventStore {
  const sessions = sessionsOf(database);
  let appending: Promise<unknown> = Promise.resolve();
  return {
    catalogue,
    append: (batch, options) => {
      const report = loader.append(batch, options);
      appending = Promise.allSettled([appending, report]);
      return report;
    },
    remove: (batch) => sessions.use((session) => removeBatch(session, batch)),
    check: (plan) => checkPlan(plan, catalogue),
    run: (plan, { now, signal }): Promise<PlanResult> =>
      sessions.use(async (session) => {
        const { sql, columns } = compilePlan(plan, catalogue, now);
        const rows = planRows(await session.rows(sql, [], { signal }), columns);
        const warnings = await warningsOf(session, plan, catalogue, { now, signal });
        return { columns, rows, completeness: 'complete', warnings };
      }),
    documents: (numbers) => sessions.use((session) => documentsOf(session, numbers, keepText)),
    numbersOf: (ids) => sessions.use((session) => numbersOf(session, ids)),
    lineage: (numbers, budget) => sessions.use((session) => lineageOf(session, catalogue, numbers, budget)),
    statistics: () => sessions.use((session) => statisticsOf(session, catalogue)),
    close: async () => {
      await appending;
      await sessions.close();
      database.close();
      onClosed();
    },
  };
}
