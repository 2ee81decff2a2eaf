import { Link } from '@tanstack/react-router';
import { StatusMark, VerdictMark } from '#client/ui/marks.tsx';
import { Mono } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import classes from './alert-detail.module.css';

/** Other alerts that share something with this one, and what was decided about them. */
export function RelatedAlerts({ alerts }: { readonly alerts: readonly Alert[] }) {
  if (alerts.length === 0) return null;
  return (
    <section>
      <h3>Related alerts</h3>
      <ul className={classes['related']}>
        {alerts.map((alert) => (
          <li key={alert.id}>
            <Link to="/alerts/$id" params={{ id: alert.id }}>
              <Mono text={alert.commandLine ?? alert.ruleName} />
            </Link>
            <span className="dim">{alert.hosts.join(', ')}</span>
            <TimeText iso={alert.lastSeen} />
            {alert.verdict ? <VerdictMark verdict={alert.verdict} /> : <StatusMark status={alert.status} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
