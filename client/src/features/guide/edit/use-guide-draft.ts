import { useState } from 'react';
import type { Guide, GuideStep } from '#shared/guide/guide.ts';
import { newStep, placeOf, withNewStep, withoutStep, withStep, withStepAt } from './guide-changes.ts';

/** For a rule without a guide. */
const EMPTY: Guide = { summary: '', caution: '', steps: [newStep([], 'investigate')] };

/** A guide while it is edited, and the step of it that is open; null: the words about the rule. */
export function useGuideDraft(saved: Guide | null) {
  const [start] = useState(saved ?? EMPTY);
  const [guide, setGuide] = useState(start);
  const [open, setOpen] = useState<string | null>(start.steps[0]?.id ?? null);
  const step = guide.steps.find(({ id }) => id === open) ?? null;
  return {
    guide,
    step,
    isChanged: guide !== start,
    open: setOpen,
    openNext: (by: 1 | -1): void => setOpen((now) => guide.steps[placeOf(guide, now) + by]?.id ?? now),
    add: (): void => {
      const made = withNewStep(guide, step);
      setGuide(made.guide);
      setOpen(made.id);
    },
    remove: (id: string): void => {
      const rest = withoutStep(guide, id);
      setGuide(rest);
      setOpen(rest.steps[Math.min(placeOf(guide, id), rest.steps.length - 1)]?.id ?? null);
    },
    move: (id: string, place: number): void => setGuide(withStepAt(guide, id, place)),
    changeStep: (id: string, part: Partial<GuideStep>): void => setGuide((now) => withStep(now, id, part)),
    changeWords: (part: Partial<Pick<Guide, 'summary' | 'caution'>>): void => setGuide((now) => ({ ...now, ...part })),
  };
}
