import { Link } from '@tanstack/react-router';
import { useConnection } from '#client/api/connection.ts';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { useNow } from '#client/ui/time-text.tsx';
import { listSources } from '#shared/api/sources.ts';
import { getStatus } from '#shared/api/status.ts';
import { MINUTE, parseInstant } from '#shared/base/time.ts';
import classes from './banners.module.css';

/** A refusal for want of room concerns everybody for so long. */
const RECENT_MS = 5 * MINUTE;

/** Things that hold for every page: what is shown is made up, or may be out of date. */
export function Banners() {
  const status = useEndpoint(getStatus, {});
  const connection = useConnection((store) => store.state);
  const sources = useEndpoint(listSources, {});
  const now = useNow();
  const isFull = sources.data?.refused.some(
    ({ reason, lastAt }) => reason === 'no-space' && now - (parseInstant(lastAt) ?? 0) < RECENT_MS,
  );
  return (
    <aside className={classes['banners']} aria-label="Notices">
      {connection === 'lost' ? (
        <p className={classes['banner']} data-tone="critical" role="status">
          No connection to the server: what you see may be out of date. Trying again every few seconds.
        </p>
      ) : null}
      {isFull ? (
        <p className={classes['banner']} data-tone="critical" role="status">
          The disk is full: events that are sent are refused until there is room. What is stored stays readable; let old
          events go on the page of <Link to="/sources">sources</Link>.
        </p>
      ) : null}
      {status.data?.demo ? (
        <p className={classes['banner']} data-tone="medium">
          Demo data: a made-up fleet is among the events shown. <Link to="/data">Load your own</Link>
        </p>
      ) : null}
    </aside>
  );
}
