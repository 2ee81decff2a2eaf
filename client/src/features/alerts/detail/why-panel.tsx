import { formatShare } from '#client/format/number.ts';
import { prevalenceWords } from '#client/format/words.ts';
import { ClauseTree, OutcomeMark } from '#client/ui/clause-tree/clause-tree.tsx';
import { Facts } from '#client/ui/facts.tsx';
import { keyFacts } from '#client/ui/key-facts.tsx';
import { Mono } from '#client/ui/text.tsx';
import { TimeText, useNow } from '#client/ui/time-text.tsx';
import type { AlertDetail } from '#shared/api/alerts.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import classes from './alert-detail.module.css';
import { DeprecationNotice } from './deprecation.tsx';
import { OccurrenceBars } from './occurrence-bars.tsx';
import { prevalenceSentence } from './prevalence-sentence.ts';
import { RelatedAlertsView } from './related-alerts.tsx';

/** Why it fired: the conditions with the numbers they saw, the filter clause by clause, how unusual it is. */
export function WhyPanel({ detail }: { readonly detail: AlertDetail }) {
  const { alert, prevalence } = detail;
  const now = useNow();
  return (
    <div className={classes['panel']}>
      <DeprecationNotice slug={alert.rule} />
      <div className={classes['sides']}>
        <div className={classes['side']}>
          {detail.conditions.length > 0 ? (
            <section>
              <h3>Conditions on the counted group</h3>
              <ul className={classes['conditions']}>
                {detail.conditions.map((condition) => (
                  <li key={condition.text}>
                    <OutcomeMark outcome={condition.outcome} />
                    <code>{condition.text}</code>
                    <span className="dim">saw {condition.saw}</span>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          <section>
            <h3>How unusual</h3>
            <p className={classes['prevalence']}>{prevalenceSentence(prevalence, now)}</p>
            <Facts
              facts={[
                {
                  name: 'This command line',
                  value: `${prevalenceWords(prevalence.commandHosts, prevalence.totalHosts)}, ${plural(prevalence.commandEvents, 'event')}`,
                },
                { name: 'First seen in the data', value: <TimeText iso={prevalence.commandFirstSeen} /> },
                { name: 'Alerts of its shape', value: formatCount(prevalence.shapeAlerts) },
                {
                  name: 'Command shape',
                  value: <Mono text={alert.commandShape} absent="no shape" />,
                },
                ...(alert.historyCovered === null
                  ? []
                  : [{ name: 'History covered by data', value: formatShare(alert.historyCovered) }]),
              ]}
            />
          </section>
          {detail.occurrences.length > 1 ? (
            <section>
              <h3>Occurrences over time</h3>
              <OccurrenceBars occurrences={detail.occurrences} />
            </section>
          ) : null}
          <section>
            <h3>Identity within the rule</h3>
            <Facts facts={keyFacts(alert.keys)} />
          </section>
        </div>
        <div className={classes['side']}>
          <section>
            <h3>The rule’s filter on the first event</h3>
            {detail.explanation ? (
              <ClauseTree root={detail.explanation} />
            ) : (
              <p className="dim">The event this alert began with is no longer in the store.</p>
            )}
          </section>
          <RelatedAlertsView id={alert.id} />
        </div>
      </div>
    </div>
  );
}
