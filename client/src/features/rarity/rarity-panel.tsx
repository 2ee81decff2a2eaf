import { Link } from '@tanstack/react-router';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { prevalenceWords } from '#client/format/words.ts';
import { Facts } from '#client/ui/facts.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Hostile } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import type { AlertDetail } from '#shared/api/alerts.ts';
import { getRarity } from '#shared/api/rules.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import classes from './rarity.module.css';
import { RarityScatter } from './rarity-scatter.tsx';

const BY = 'process.command_line';

/** How often an alert's command line ran in all stored data, among everything else its rule's filter lets through. */
export function RarityPanel({
  alert,
  prevalence,
}: {
  readonly alert: Alert;
  readonly prevalence: AlertDetail['prevalence'];
}) {
  const query = useEndpoint(getRarity, { query: { rule: alert.rule, by: BY, limit: 2000 } });
  return (
    <div className={classes['panel']}>
      <Facts
        facts={[
          { name: 'This command line', value: prevalenceWords(prevalence.commandHosts, prevalence.totalHosts) },
          { name: 'Events in all data', value: formatCount(prevalence.commandEvents) },
          { name: 'First seen', value: <TimeText iso={prevalence.commandFirstSeen} /> },
          { name: 'Alerts of its shape', value: plural(prevalence.shapeAlerts, 'alert') },
        ]}
      />
      <QueryView query={query}>
        {(result) => {
          const group = result.groups.find(({ keys }) => keys[BY] === alert.commandLine);
          return (
            <>
              {group ? (
                <p>
                  Among {plural(result.totalGroups, 'command line')} that pass the rule’s filter, this one has{' '}
                  <b>{plural(group.count, 'event')}</b> on <b>{plural(group.hosts, 'host')}</b> by{' '}
                  <Hostile text={group.users.join(', ') || 'no user'} />: {group.alerting ? 'inside' : 'outside'} the
                  thresholds of fewer than {result.thresholds.count} events on at most{' '}
                  {plural(result.thresholds.agents, 'agent')}.
                </p>
              ) : null}
              <RarityScatter result={result} />
            </>
          );
        }}
      </QueryView>
      <p>
        <Link to="/rarity" search={{ rule: alert.rule, text: (alert.commandLine ?? '').slice(0, 500) }}>
          Open in rarity
        </Link>
      </p>
    </div>
  );
}
