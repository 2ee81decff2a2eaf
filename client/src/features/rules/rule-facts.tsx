import { formatSpan } from '#client/format/time.ts';
import { Facts } from '#client/ui/facts.tsx';
import { Tag } from '#client/ui/marks.tsx';
import type { Rule } from '#shared/rule/rule.ts';
import { filterText } from './filter-text.ts';
import { TYPE_WORDS } from './rule-words.ts';
import classes from './rules.module.css';

/** Schedule in words, what it reads, where it stands in MITRE ATT&CK. References are text: the console opens no outside page by itself. */
export function RuleFacts({ rule }: { readonly rule: Rule }) {
  return (
    <Facts
      facts={[
        {
          name: 'Runs',
          value: `every ${formatSpan(rule.interval)}, over the last ${formatSpan(rule.window)}, at most ${rule.maxSignals} alerts a run`,
        },
        ...(rule.newTerms
          ? [
              {
                name: 'New terms',
                value: `a combination of ${rule.newTerms.fields.join(', ')} not seen in the ${formatSpan(rule.newTerms.history)} before`,
              },
            ]
          : []),
        ...(rule.threshold
          ? [
              {
                name: 'Threshold',
                value: `at least ${rule.threshold.value} events ${rule.threshold.fields.length > 0 ? `with the same ${rule.threshold.fields.join(', ')}` : 'in all'}${
                  rule.threshold.cardinality
                    ? `, with at least ${rule.threshold.cardinality.value} values of ${rule.threshold.cardinality.field}`
                    : ''
                }`,
              },
            ]
          : []),
        ...(rule.filters.length > 0 ? [{ name: 'Filters', value: rule.filters.map(filterText).join(' and ') }] : []),
        { name: 'Type', value: TYPE_WORDS[rule.type] },
        { name: 'Time of an event', value: rule.timestampOverride ?? '@timestamp' },
        {
          name: 'Reads',
          value: `every event of this console; upstream ${rule.index.join(', ') || (rule.language === 'esql' ? 'the index its query names' : 'whatever it is given')}`,
        },
        { name: 'Risk score', value: rule.riskScore },
        ...(rule.threats.length > 0
          ? [
              {
                name: 'MITRE ATT&CK',
                value: (
                  <ul className={classes['threats']}>
                    {rule.threats.map(({ tactic, techniques }) => (
                      <li key={tactic.id}>
                        <b>{tactic.name}</b> {tactic.id}
                        {techniques.map((technique) => (
                          <div key={technique.id}>
                            {technique.id} {technique.name}
                            {technique.subtechniques.map((sub) => (
                              <div key={sub.id}>
                                {sub.id} {sub.name}
                              </div>
                            ))}
                          </div>
                        ))}
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]
          : []),
        ...(rule.tags.length > 0
          ? [
              {
                name: 'Tags',
                value: (
                  <span className={classes['tags']}>
                    {rule.tags.map((tag) => (
                      <Tag key={tag}>{tag}</Tag>
                    ))}
                  </span>
                ),
              },
            ]
          : []),
        {
          name: 'Author, licence',
          value: [rule.author.join(', '), rule.license].filter((part) => part !== '').join('; ') || 'not given',
        },
        { name: 'Version', value: rule.version ?? 'not given' },
        ...(rule.references.length > 0 ? [{ name: 'References', value: rule.references.join(' ') }] : []),
        { name: 'Slug', value: <code>{rule.slug}</code> },
      ]}
    />
  );
}
