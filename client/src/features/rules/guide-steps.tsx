import { visibleText } from '#client/format/hostile.ts';
import type { Guide, GuideStep } from '#shared/guide/guide.ts';
import classes from './rules.module.css';

const KINDS: readonly (readonly [GuideStep['kind'], string])[] = [
  ['investigate', 'Investigate'],
  ['false-positive', 'False positives'],
  ['respond', 'Respond'],
];

/** The steps an analyst is led through, by what they are for. */
export function GuideSteps({ guide }: { readonly guide: Guide | null }) {
  if (!guide) return <p className="dim">This rule has no guide.</p>;
  return KINDS.map(([kind, words]) => {
    const steps = guide.steps.filter((step) => step.kind === kind);
    if (steps.length === 0) return null;
    return (
      <section key={kind}>
        <h3>{words}</h3>
        <ol className={classes['bullets']}>
          {steps.map(({ id, title, ask }) => (
            <li key={id} title={visibleText(ask)}>
              {visibleText(title)}
            </li>
          ))}
        </ol>
      </section>
    );
  });
}
