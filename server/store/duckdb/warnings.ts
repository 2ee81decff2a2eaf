import type { Plan } from '#shared/plan/plan.ts';
import type { EvaluationWarning } from '#shared/plan/result.ts';
import { countComplaints } from './compile/complaints.ts';
import type { Source } from './compile/source.ts';
import { countOf, type Session } from './connection.ts';

/** In how many rows a value came out as null that should be one, by message. Asks nothing where no place of the plan can. */
export async function warningsOf(
  session: Session,
  plan: Plan,
  source: Source,
  signal: AbortSignal | undefined,
): Promise<readonly EvaluationWarning[]> {
  const complaints = countComplaints(plan, source);
  if (!complaints) return [];
  const rows = new Map<string, number>();
  const [counts] = await session.rows(complaints.sql, [], { signal });
  complaints.messages.forEach((message, index) => {
    rows.set(message, (rows.get(message) ?? 0) + countOf(counts?.[`w${index}`]));
  });
  return [...rows].filter(([, count]) => count > 0).map(([message, count]) => ({ message, rows: count }));
}
