import type { Instant } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Plan } from '#shared/plan/plan.ts';
import type { EvaluationWarning } from '#shared/plan/result.ts';
import type { Session } from './connection.ts';

export async function warningsOf(
  session: Session,
  plan: Plan,
  catalogue: FieldCatalogue,
  options: { readonly now: Instant; readonly signal: AbortSignal | undefined },
): Promise<readonly EvaluationWarning[]> {
  return [];
}
