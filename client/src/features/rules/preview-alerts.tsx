import { Link } from '@tanstack/react-router';
import { visibleText } from '#client/format/hostile.ts';
import { TimeText } from '#client/ui/time-text.tsx';
import type { PreviewedAlert } from '#shared/api/rule-editing.ts';
import { plural } from '#shared/base/counts.ts';
import classes from './rules.module.css';

/** Alerts that are not there yet, each with a way to one of its events. */
export function PreviewAlerts({
  title,
  alerts,
}: {
  readonly title: string;
  readonly alerts: readonly PreviewedAlert[];
}) {
  if (alerts.length === 0) return null;
  return (
    <details open={title !== 'What it would raise'}>
      <summary>
        {title}: {plural(alerts.length, 'alert')} shown
      </summary>
      <ul className={classes['previewAlerts']}>
        {alerts.map((alert) => (
          <li key={JSON.stringify(alert.keys)}>
            <TimeText iso={alert.firstSeen} />
            <code title={keysText(alert)}>{visibleText(alert.label)}</code>
            <span className="dim">
              {plural(alert.events, 'event')} in {plural(alert.occurrences, 'window')}
            </span>
            {alert.examples[0] === undefined ? null : (
              <Link to="/events" search={{ open: alert.examples[0] }}>
                Event
              </Link>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

const keysText = ({ keys }: PreviewedAlert): string =>
  Object.entries(keys)
    .map(([name, value]) => `${name}: ${visibleText(value)}`)
    .join('\n');
