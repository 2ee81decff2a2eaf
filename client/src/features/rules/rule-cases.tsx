import type { AnswerOf } from '#client/api/call.ts';
import { Tag } from '#client/ui/marks.tsx';
import rows from '#client/ui/rows.module.css';
import type { getRule } from '#shared/api/rules.ts';
import { plural } from '#shared/base/counts.ts';
import classes from './rules.module.css';

/** The rule's own examples, and those of its exceptions: what must and must not alert, and whether it still holds. */
export function RuleCases({ cases }: { readonly cases: AnswerOf<typeof getRule>['cases'] }) {
  if (cases.length === 0) return <p className={classes['none']}>This rule has no cases.</p>;
  return (
    <ul className={rows['marked']}>
      {cases.map((ruleCase) => (
        <li key={`${ruleCase.name} ${ruleCase.because}`}>
          <Tag tone={ruleCase.passed ? 'good' : 'critical'}>{ruleCase.passed ? 'holds' : 'fails'}</Tag>
          <div>
            <b>{ruleCase.name}</b>
            <p className="dim">{ruleCase.because}</p>
            <p className="dim">
              {plural(ruleCase.events, 'event')}; must {ruleCase.alerts.length === 0 ? 'not alert' : 'alert'};{' '}
              {ruleCase.outcome}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
