import type { RunOptions } from '#server/store/event-store.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Plan } from '#shared/plan/plan.ts';
import type { PlanResult } from '#shared/plan/result.ts';
import { compilePlan } from './compile/compile.ts';
import type { Session } from './connection.ts';
import type { Matches } from './matches/matches.ts';
import { planRows } from './result.ts';
import type { SpilledFields } from './spilled-fields.ts';
import { warningsOf } from './warnings.ts';

export interface SessionSetting {
  /** In a transaction: which fields have spilled must not change between looking and asking. */
  readonly session: Session;
  readonly catalogue: FieldCatalogue;
  readonly spilled: SpilledFields;
  readonly matches: Pick<Matches, 'narrow'>;
  /** The table of events, as SQL. */
  readonly events: string;
}

/** The whole answer to a plan that `check` has nothing against. */
export async function runPlan(setting: SessionSetting, plan: Plan, { now, signal }: RunOptions): Promise<PlanResult> {
  signal?.throwIfAborted();
  const { session, catalogue } = setting;
  const source = { catalogue, now, spilled: await setting.spilled.in(session), table: setting.events };
  const narrowed = await setting.matches.narrow(session, plan);
  const { sql, columns } = compilePlan(narrowed?.plan ?? plan, {
    ...source,
    ...(narrowed && { table: narrowed.table, added: narrowed.added }),
  });
  const rows = planRows(await session.rows(sql, [], { signal }), columns);
  // Of every event that a step sees, also those which its condition turns away.
  const warnings = await warningsOf(session, plan, source, signal);
  return { columns, rows, completeness: 'complete', warnings };
}
