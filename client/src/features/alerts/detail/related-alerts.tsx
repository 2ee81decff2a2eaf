import { Link } from '@tanstack/react-router';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { StatusMark, VerdictMark } from '#client/ui/marks.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Hostile, Mono } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import { type RelatedAlerts, relatedAlerts } from '#shared/api/alerts.ts';
import classes from './alert-detail.module.css';

/** What was decided before about the same keys, and what else alerted nearby. */
export function RelatedAlertsView({ id }: { readonly id: string }) {
  const query = useEndpoint(relatedAlerts, { params: { id } });
  return <QueryView query={query}>{(found) => <Lists {...found} />}</QueryView>;
}

function Lists({ earlier, related }: RelatedAlerts) {
  return (
    <>
      <section>
        <h3>Earlier alerts with the same keys</h3>
        {earlier.length === 0 ? <p className="dim">None: this combination is here for the first time.</p> : null}
        <ul className={classes['related']} aria-label="Earlier alerts with the same keys">
          {earlier.map(({ alert, closed, note }) => (
            <Item key={alert.id} alert={alert}>
              {closed ? (
                <span className="dim">
                  by {closed.by}, <TimeText iso={closed.at} />
                </span>
              ) : null}
              {note === null ? null : (
                <q className={classes['closingNote']}>
                  <Hostile text={note} />
                </q>
              )}
            </Item>
          ))}
        </ul>
      </section>
      {related.length > 0 ? (
        <section>
          <h3>Related alerts</h3>
          <ul className={classes['related']} aria-label="Related alerts">
            {related.map(({ alert, relation }) => (
              <Item key={alert.id} alert={alert}>
                <span className="dim">{relation}</span>
              </Item>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

function Item({ alert, children }: { readonly alert: Alert; readonly children: React.ReactNode }) {
  return (
    <li>
      <Link to="/alerts/$id" params={{ id: alert.id }}>
        <Mono text={alert.commandLine ?? alert.ruleName} />
      </Link>
      <Hosts of={alert.hosts} />
      <TimeText iso={alert.lastSeen} />
      {alert.verdict ? <VerdictMark verdict={alert.verdict} /> : <StatusMark status={alert.status} />}
      {children}
    </li>
  );
}

/** The first of them, and how many more there are. */
const Hosts = ({ of: [first, ...others] }: { readonly of: readonly string[] }) => (
  <span className="dim" title={visibleText([first ?? '', ...others].join(', '))}>
    <Hostile text={first ?? ''} />
    {others.length > 0 ? ` +${others.length}` : null}
  </span>
);
