import { Link } from '@tanstack/react-router';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { compactCount } from '#client/format/number.ts';
import { between, formatSpan, formatTime, zoneLabel } from '#client/format/time.ts';
import { setPreference, usePreferences } from '#client/stores/preferences.ts';
import { Button, IconButton } from '#client/ui/button.tsx';
import { IconKeyboard, IconSearch } from '#client/ui/icons.ts';
import { Tip } from '#client/ui/overlays.tsx';
import { getStatus } from '#shared/api/status.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import { LiveMark } from './live-mark.tsx';
import { SettingsMenu } from './settings-menu.tsx';
import classes from './top-bar.module.css';

export function TopBar({ onPalette, onSheet }: { readonly onPalette: () => void; readonly onSheet: () => void }) {
  const zone = usePreferences((store) => store.zone);
  return (
    <section className={classes['bar']} aria-label="Data and settings">
      <span className={classes['state']}>
        <LiveMark />
        <StatusChip />
        <DemoMark />
      </span>
      <span className={classes['tools']}>
        <Button look="quiet" icon={IconSearch} keys="$mod+k" onClick={onPalette}>
          Search or go to
        </Button>
        <Tip text={`Times are shown in ${zone === 'utc' ? 'UTC' : 'your own zone'}; press to change`}>
          <button
            type="button"
            className={classes['zone']}
            onClick={() => setPreference('zone', zone === 'utc' ? 'local' : 'utc')}
          >
            {zone === 'utc' ? 'UTC' : `local ${zoneLabel(zone)}`}
          </button>
        </Tip>
        <IconButton label="Keyboard commands" icon={IconKeyboard} keys="Shift+?" onClick={onSheet} />
        <SettingsMenu />
      </span>
    </section>
  );
}

function StatusChip() {
  const zone = usePreferences((store) => store.zone);
  const { data } = useEndpoint(getStatus, {});
  if (!data) return <span className={classes['chip']}>Reading what the server holds</span>;
  if (!data.window) return <span className={classes['chip']}>No events yet</span>;
  const { from, to } = data.window;
  return (
    <Tip
      text={`${formatCount(data.events)} events on ${plural(data.hosts, 'host')}, ${formatTime(from, zone)} to ${formatTime(to, zone)} ${zoneLabel(zone)}`}
    >
      <span className={classes['chip']}>
        <b>{compactCount(data.events)}</b> events · <b>{formatCount(data.hosts)}</b>{' '}
        {data.hosts === 1 ? 'host' : 'hosts'}
        <span className={classes['range']}>
          {formatTime(from, zone).slice(0, 16)} – {formatTime(to, zone).slice(0, 16)} (
          {formatSpan(between(from, to) ?? 0)})
        </span>
      </span>
    </Tip>
  );
}

/** Told on every page: what is shown is made up. */
function DemoMark() {
  const { data } = useEndpoint(getStatus, {});
  if (!data?.demo) return null;
  return (
    <Link to="/data" className={classes['demo']} title="A made-up fleet is among the events shown; load your own">
      Demo data
    </Link>
  );
}
