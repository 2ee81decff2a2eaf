import type { Plan, Step } from '#shared/plan/plan.ts';

/**
 * A rule's plan without what it asks of its rows: every group, whether it meets the conditions or not. Columns that later steps
 * derive stay, so that the conditions can be explained.
 */
export function ungated(plan: Plan): Plan {
  const grouped = plan.steps.findLastIndex((step) => step.kind === 'aggregate' || step.kind === 'new-terms');
  return { ...plan, steps: plan.steps.filter((step, index) => index <= grouped || !GATES.has(step.kind)) };
}

const GATES: ReadonlySet<Step['kind']> = new Set(['filter', 'limit', 'keep', 'drop']);
