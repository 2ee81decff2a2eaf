import type { Plan } from '#shared/plan/plan.ts';
import type { EvaluationWarning } from '#shared/plan/result.ts';
import { type ComplaintCount, countComplaints } from './compile/complaints.ts';
import type { Source } from './compile/source.ts';
import { countOf, type Session } from './connection.ts';
import type { Narrowed } from './matches/narrowed.ts';

/** A plan and what it is asked of. */
export interface AskedPlan {
  readonly plan: Plan;
  readonly source: Source;
  /** What its spans point into, where that is known. */
  readonly text: string | undefined;
}

interface Warning extends AskedPlan {
  readonly signal: AbortSignal | undefined;
  /** The fewest events over which a plan can be asked by its steps before one; null where that is all. */
  readonly narrow: (plan: Plan, before: number) => Promise<Narrowed | null>;
}

/** What to count for a plan's warnings; null where no place of it can meet any. */
export const complaintsOf = async ({ plan, source, text }: AskedPlan): Promise<ComplaintCount | null> =>
  countComplaints(plan, source, text);

/** In how many rows a value came out as null that should be one, by message. */
export async function warningsOf(
  session: Session,
  all: ComplaintCount,
  warning: Warning,
): Promise<readonly EvaluationWarning[]> {
  const complaints = (await overFewer(all, warning)) ?? all;
  const rows = new Map<string, number>();
  const [counts] = await session.rows(complaints.sql, [], { signal: warning.signal });
  complaints.messages.forEach((message, index) => {
    rows.set(message, (rows.get(message) ?? 0) + countOf(counts?.[`w${index}`]));
  });
  return [...rows].filter(([, count]) => count > 0).map(([message, count]) => ({ message, rows: count }));
}

/** The same count over those events that the steps let through which warn of nothing, where those are known. */
async function overFewer(
  { messages, first }: ComplaintCount,
  { plan, source, text, narrow }: Warning,
): Promise<ComplaintCount | null> {
  const narrowed = await narrow(plan, first);
  if (!narrowed) return null;
  const fewer = countComplaints(narrowed.plan, { ...source, table: narrowed.table, added: narrowed.added }, text);
  // A condition that is known is not asked again, and does not warn again.
  return fewer && JSON.stringify(fewer.messages) === JSON.stringify(messages) ? fewer : null;
}
