import { Link } from '@tanstack/react-router';
import { useConnection } from '#client/api/connection.ts';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { compactCount } from '#client/format/number.ts';
import { relativeTime } from '#client/format/time.ts';
import { IconAlertTriangle, IconCircle, IconCircleCheck, IconClock } from '#client/ui/icons.ts';
import { useNow } from '#client/ui/time-text.tsx';
import { listSources } from '#shared/api/sources.ts';
import { plural } from '#shared/base/counts.ts';
import { type LiveState, liveState } from '#shared/sources/live-state.ts';
import classes from './top-bar.module.css';

const RENEW_MS = 15_000;

/** Of the console's own: what was last heard of the streams says nothing of now. */
const LOST = { kind: 'lost' } as const;
type Shown = LiveState | typeof LOST;

const ICONS = {
  lost: IconAlertTriangle,
  none: IconCircle,
  live: IconCircleCheck,
  behind: IconClock,
  stuck: IconAlertTriangle,
  silent: IconClock,
} as const;

/** Whether what happens on the hosts is what is seen here; to the sources. */
export function LiveMark() {
  const sources = useEndpoint(listSources, {}, { every: RENEW_MS });
  const isLost = useConnection((store) => store.state === 'lost');
  const now = useNow();
  if (!sources.data) return null;
  const state = isLost ? LOST : liveState(sources.data, now);
  const { words, more } = wordsOf(state, now);
  const Icon = ICONS[state.kind];
  return (
    <Link to="/sources" className={classes['live']} data-state={state.kind} title={more}>
      <Icon size={14} stroke={2} />
      {words}
    </Link>
  );
}

function wordsOf(state: Shown, now: number): { readonly words: string; readonly more: string } {
  switch (state.kind) {
    case 'lost':
      return { words: 'Not connected', more: 'Without the server nobody can tell whether streams run' };
    case 'none':
      return { words: 'No streams', more: 'Nothing is sent here; see how on the page of sources' };
    case 'live': {
      const rate = `${compactCount(Math.round(state.recordsPerSecond))}/s`;
      return { words: `Live, ${rate}`, more: `${rate} arrive, and all of it is stored and judged within seconds` };
    }
    case 'behind':
      return {
        words: `Behind by ${compactCount(state.records)}`,
        more: `${plural(state.records, 'event')} arrived and are safe on disk, but not judged yet`,
      };
    case 'stuck':
      return { words: 'Stopped', more: `What arrives cannot be stored: ${state.reason}` };
    case 'silent':
      return {
        words: `Silent, last ${relativeTime(state.since, now)}`,
        more: 'Streams were here, and nothing comes any more',
      };
  }
}
