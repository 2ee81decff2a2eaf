import { visibleText } from '#client/format/hostile.ts';
import { formatSpan } from '#client/format/time.ts';
import { LineDiff } from '#client/ui/line-diff.tsx';
import { diffLines } from '#shared/rule/line-diff.ts';
import type { Rule } from '#shared/rule/rule.ts';
import classes from './rules.module.css';

/** Unchanged lines of the query around a change. */
const NEAR = 2;

/** How a rule differs from what it was made of: settings in words, the query line by line. Nothing where it does not. */
export function RuleDiff({ before, after }: { readonly before: Rule; readonly after: Rule }) {
  const settings = SETTINGS.flatMap(({ name, of }) => {
    const [old, now] = [of(before), of(after)];
    return old === now ? [] : [{ name, old, now }];
  });
  const lines = diffLines(before.query, after.query);
  const changed = lines.some(({ kind }) => kind !== 'same');
  if (settings.length === 0 && !changed) return <p className="dim">No difference.</p>;
  return (
    <div className={classes['diff']}>
      {settings.map(({ name, old, now }) => (
        <p key={name}>
          {name}: <del>{visibleText(old)}</del> <ins>{visibleText(now)}</ins>
        </p>
      ))}
      {changed ? <LineDiff lines={lines} near={NEAR} /> : null}
    </div>
  );
}

const SETTINGS: readonly { readonly name: string; readonly of: (rule: Rule) => string }[] = [
  { name: 'Name', of: (rule) => rule.name },
  { name: 'Runs every', of: (rule) => formatSpan(rule.interval) },
  { name: 'Looks back', of: (rule) => formatSpan(rule.window) },
  { name: 'Most alerts a run', of: (rule) => String(rule.maxSignals) },
  { name: 'Severity', of: (rule) => rule.severity },
  { name: 'Risk score', of: (rule) => String(rule.riskScore) },
  { name: 'Time of an event', of: (rule) => rule.timestampOverride ?? '@timestamp' },
  { name: 'New terms', of: ({ newTerms }) => newTerms?.fields.join(', ') ?? '' },
  { name: 'History', of: ({ newTerms }) => (newTerms ? formatSpan(newTerms.history) : '') },
  { name: 'Grouped by', of: ({ threshold }) => threshold?.fields.join(', ') ?? '' },
  { name: 'At least', of: ({ threshold }) => (threshold ? String(threshold.value) : '') },
  {
    name: 'Distinct values',
    of: ({ threshold }) =>
      threshold?.cardinality ? `${threshold.cardinality.value} of ${threshold.cardinality.field}` : '',
  },
];
