import { FINDING_WORDS } from '#client/format/words.ts';
import { Button } from '#client/ui/button.tsx';
import type { Finding, GuideStep } from '#shared/guide/guide.ts';
import classes from './guide.module.css';

const OFFERED: Readonly<Record<GuideStep['kind'], readonly Finding[]>> = {
  investigate: ['expected', 'suspicious', 'unknown', 'not-applicable'],
  'false-positive': ['expected', 'suspicious', 'not-applicable'],
  respond: ['done', 'not-applicable'],
};

const WORDS: Readonly<Record<GuideStep['kind'], Partial<Record<Finding, string>>>> = {
  investigate: {},
  'false-positive': { expected: 'Yes, it is this', suspicious: 'No, it is not' },
  respond: {},
};

/** The answers a step takes; pressing the chosen one takes it back. */
export function FindingButtons({
  kind,
  finding,
  onChange,
}: {
  readonly kind: GuideStep['kind'];
  readonly finding: Finding | null;
  readonly onChange: (finding: Finding | null) => void;
}) {
  return (
    <fieldset className={classes['findings']}>
      <legend className="visually-hidden">Finding</legend>
      {OFFERED[kind].map((offered) => (
        <Button
          key={offered}
          look={finding === offered ? 'primary' : 'plain'}
          pressed={finding === offered}
          onClick={() => onChange(finding === offered ? null : offered)}
        >
          {WORDS[kind][offered] ?? FINDING_WORDS[offered]}
        </Button>
      ))}
    </fieldset>
  );
}
