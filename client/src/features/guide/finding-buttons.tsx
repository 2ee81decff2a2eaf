import { FINDING_WORDS } from '#client/format/words.ts';
import { Button } from '#client/ui/button.tsx';
import type { Finding, GuideStep } from '#shared/guide/guide.ts';
import classes from './guide.module.css';

const WORDS: Readonly<Record<GuideStep['kind'], Partial<Record<Finding, string>>>> = {
  investigate: {},
  'false-positive': { expected: 'Yes, it is this', suspicious: 'No, it is not' },
  respond: {},
};

/** The answers a step takes; pressing the chosen one takes it back. */
export function FindingButtons({
  step: { kind, findings },
  finding,
  onChange,
}: {
  readonly step: Pick<GuideStep, 'kind' | 'findings'>;
  readonly finding: Finding | null;
  /** Null: they are shown only. */
  readonly onChange: ((finding: Finding | null) => void) | null;
}) {
  return (
    <fieldset className={classes['findings']}>
      <legend className="visually-hidden">Finding</legend>
      {offeredOf(findings, finding).map((offered) => (
        <Button
          key={offered}
          look={finding === offered ? 'primary' : 'plain'}
          pressed={finding === offered}
          disabled={onChange === null}
          onClick={() => onChange?.(finding === offered ? null : offered)}
        >
          {WORDS[kind][offered] ?? FINDING_WORDS[offered]}
        </Button>
      ))}
    </fieldset>
  );
}

/** An answer that was given stays on offer, whatever the guide says now. */
const offeredOf = (findings: readonly Finding[], given: Finding | null): readonly Finding[] =>
  given === null || findings.includes(given) ? findings : [...findings, given];
