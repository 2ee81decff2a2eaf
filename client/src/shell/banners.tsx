import { Link } from '@tanstack/react-router';
import { useConnection } from '#client/api/connection.ts';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { getStatus } from '#shared/api/status.ts';
import classes from './banners.module.css';

/** Things that hold for every page: what is shown is made up, or may be out of date. */
export function Banners() {
  const status = useEndpoint(getStatus, {});
  const connection = useConnection((store) => store.state);
  return (
    <aside className={classes['banners']} aria-label="Notices">
      {connection === 'lost' ? (
        <p className={classes['banner']} data-tone="critical" role="status">
          No connection to the server: what you see may be out of date. Trying again every few seconds.
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
