import { Tag } from '#client/ui/marks.tsx';
import { Hostile } from '#client/ui/text.tsx';
import type { Hint } from '#shared/guide/hint.ts';
import classes from './guide.module.css';

const LEANINGS = {
  expected: { tone: 'good', words: 'leans expected' },
  suspicious: { tone: 'high', words: 'leans suspicious' },
  neutral: { tone: 'plain', words: 'note' },
} as const;

/** What the program reads from the alert by itself, with its reason. */
export function HintList({ hints }: { readonly hints: readonly Hint[] }) {
  if (hints.length === 0) return null;
  return (
    <ul className={classes['hints']} aria-label="Hints">
      {hints.map(({ leaning, reason }) => (
        <li key={reason}>
          <Tag tone={LEANINGS[leaning].tone}>{LEANINGS[leaning].words}</Tag>
          <span>
            <Hostile text={reason} />
          </span>
        </li>
      ))}
    </ul>
  );
}
