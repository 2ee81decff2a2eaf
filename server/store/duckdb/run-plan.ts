import type { RunOptions } from '#server/store/event-store.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Plan } from '#shared/plan/plan.ts';
import type { PlanResult } from '#shared/plan/result.ts';
import { compilePlan } from './compile/compile.ts';
import type { Source } from './compile/source.ts';
import type { Session } from './connection.ts';
import type { Matches } from './matches/matches.ts';
import { planRows } from './result.ts';
import type { SpilledFields } from './spilled-fields.ts';
import { type AskedPlan, complaintsOf, warningsOf } from './warnings.ts';

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
export async function runPlan(
  setting: SessionSetting,
  plan: Plan,
  { now, signal, among, text }: RunOptions,
): Promise<PlanResult> {
  signal?.throwIfAborted();
  const { session, catalogue } = setting;
  const source: Source = { catalogue, now, spilled: await setting.spilled.in(session), table: setting.events };
  const narrow = (one: Plan, before = one.steps.length) => setting.matches.narrow(session, one, before, among);
  const narrowed = await narrow(plan);
  const all: AskedPlan = { plan, source, text };
  const asked: AskedPlan = narrowed
    ? { plan: narrowed.plan, source: { ...source, table: narrowed.table, added: narrowed.added }, text }
    : all;
  const { sql, columns } = compilePlan(asked.plan, asked.source);
  // Of every event that a step sees, also those which its condition turns away.
  const warned = narrowed?.warns === false ? all : asked;
  // What to ask for warnings is worked out while the engine is at the answer.
  const [values, complaints] = await Promise.all([session.columns(sql, { signal }), complaintsOf(warned)]);
  const rows = planRows(values, columns);
  const warnings = complaints ? await warningsOf(session, complaints, { ...warned, narrow, signal }) : [];
  return { columns, rows, completeness: 'complete', warnings };
}
