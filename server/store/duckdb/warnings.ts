import type { Plan } from '#shared/plan/plan.ts';
import type { EvaluationWarning } from '#shared/plan/result.ts';
import { countSeveral } from './compile/several.ts';
import type { Source } from './compile/source.ts';
import { countOf, type Session } from './connection.ts';

/** How many rows met several values where one was wanted, by message. Asks nothing of plans that cannot meet them. */
export async function warningsOf(
  session: Session,
  plan: Plan,
  source: Source,
  signal: AbortSignal | undefined,
): Promise<readonly EvaluationWarning[]> {
  const rows = new Map<string, number>();
  for (const { sql, messages } of countSeveral(plan, source)) {
    const [counts] = await session.rows(sql, [], { signal });
    messages.forEach((message, index) => {
      rows.set(message, (rows.get(message) ?? 0) + countOf(counts?.[`w${index}`]));
    });
  }
  return [...rows].filter(([, count]) => count > 0).map(([message, count]) => ({ message, rows: count }));
}
