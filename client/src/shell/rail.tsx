import { Link } from '@tanstack/react-router';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { compactCount } from '#client/format/number.ts';
import { keyLabel } from '#client/stores/shortcuts/registry.ts';
import { listAlerts } from '#shared/api/alerts.ts';
import { DESTINATIONS } from './destinations.ts';
import classes from './rail.module.css';

export function Rail() {
  const counts = useEndpoint(listAlerts, { query: { limit: 1 } });
  const open = counts.data?.counts.open ?? 0;
  return (
    <nav className={classes['rail']} aria-label="Pages">
      <Link to="/alerts" search={{}} className={classes['brand']} aria-label="Oddspawn, to the alerts">
        <img src="/favicon.svg" alt="" width={28} height={28} />
      </Link>
      {DESTINATIONS.map(({ to, label, keys, icon: Icon }) => (
        <Link key={to} to={to} search={{}} className={classes['link']} title={`${label} (${keyLabel(keys)})`}>
          <Icon size={20} stroke={1.6} />
          <span>{label}</span>
          {to === '/alerts' && open > 0 ? (
            <span className={classes['count']}>
              {compactCount(open)}
              <span className="visually-hidden"> open</span>
            </span>
          ) : null}
        </Link>
      ))}
    </nav>
  );
}
