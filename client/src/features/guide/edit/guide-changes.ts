import { type Guide, type GuideStep, type StepKind, USUAL_FINDINGS } from '#shared/guide/guide.ts';

/** A step with nothing in it, under an id that the guide does not have. */
export function newStep(steps: readonly GuideStep[], kind: StepKind): GuideStep {
  const ids = new Set(steps.map(({ id }) => id));
  let number = steps.length + 1;
  while (ids.has(`step-${number}`)) number += 1;
  return {
    id: `step-${number}`,
    kind,
    title: '',
    ask: '',
    detail: '',
    fields: [],
    query: null,
    hints: [],
    conditions: [],
    findings: [...USUAL_FINDINGS[kind]],
    notCovered: null,
    exceptionFields: [],
    commands: [],
  };
}

/** A new step behind the one given, of its kind; at the end where none is. */
export function withNewStep(guide: Guide, behind: GuideStep | null): { readonly guide: Guide; readonly id: string } {
  const made = newStep(guide.steps, behind?.kind ?? 'investigate');
  const place = behind ? guide.steps.indexOf(behind) + 1 : guide.steps.length;
  return { guide: { ...guide, steps: guide.steps.toSpliced(place, 0, made) }, id: made.id };
}

export const withStep = (guide: Guide, id: string, part: Partial<GuideStep>): Guide => ({
  ...guide,
  steps: guide.steps.map((step) => (step.id === id ? { ...step, ...part } : step)),
});

export const withoutStep = (guide: Guide, id: string): Guide => ({
  ...guide,
  steps: guide.steps.filter((step) => step.id !== id),
});

/** The step at the place of another, which moves aside. Places beyond the ends are the ends. */
export function withStepAt(guide: Guide, id: string, place: number): Guide {
  const step = guide.steps.find((one) => one.id === id);
  if (!step) return guide;
  const rest = guide.steps.filter((one) => one.id !== id);
  const at = Math.max(0, Math.min(place, rest.length));
  return { ...guide, steps: [...rest.slice(0, at), step, ...rest.slice(at)] };
}

/** What stands in one member of a step, by its path: `query.kql`. */
export type FaultAt = (path: string) => string | undefined;

export const placeOf = (guide: Guide, id: string | null): number => guide.steps.findIndex((step) => step.id === id);

export function faultsOf(
  guide: Guide,
  id: string,
  problems: readonly { readonly path: string; readonly message: string }[],
): FaultAt {
  const prefix = `steps.${placeOf(guide, id)}.`;
  return (path) => {
    const found = problems.filter((problem) => problem.path === `${prefix}${path}`);
    return found.length === 0 ? undefined : found.map(({ message }) => message).join(' ');
  };
}
