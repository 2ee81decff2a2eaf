import { Link } from '@tanstack/react-router';
import { useConnection } from '#client/api/connection.ts';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { useNow } from '#client/ui/time-text.tsx';
import { listSources } from '#shared/api/sources.ts';
import { MINUTE, parseInstant } from '#shared/base/time.ts';
import classes from './banners.module.css';

/** A refusal for want of room concerns everybody for so long. */
const RECENT_MS = 5 * MINUTE;

/** What holds for every page, below it: nothing is covered, and what is read stays where it is when this comes and goes. */
export function Banners() {
  const connection = useConnection((store) => store.state);
  const sources = useEndpoint(listSources, {});
  const now = useNow();
  const isFull = sources.data?.refused.some(
    ({ reason, lastAt }) => reason === 'no-space' && now - (parseInstant(lastAt) ?? 0) < RECENT_MS,
  );
  return (
    <div className={classes['banners']} aria-label="Notices" role="status">
      {connection === 'lost' ? (
        <p className={classes['banner']} data-tone="critical">
          {navigator.onLine
            ? 'No connection to the server: what you see may be out of date. Trying again every few seconds.'
            : 'This computer is offline: what you see may be out of date. It goes on by itself.'}{' '}
          What you write is kept.
        </p>
      ) : null}
      {isFull ? (
        <p className={classes['banner']} data-tone="critical">
          The disk is full: events that are sent are refused until there is room. What is stored stays readable; let old
          events go on the page of <Link to="/sources">sources</Link>.
        </p>
      ) : null}
    </div>
  );
}
