import { formatTime, zoneLabel } from '#client/format/time.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import { formatInstant, type Instant } from '#shared/base/time.ts';
import type { TimeSpan } from '#shared/tree/at-time.ts';
import classes from './tree.module.css';

const STEPS = 400;

/** Moves through the time that the tree spans; at its end all is shown. */
export function TimeScrubber({
  span,
  at,
  shown,
  onMove,
}: {
  readonly span: TimeSpan;
  /** Null: all of it. */
  readonly at: Instant | null;
  /** Processes that had started. */
  readonly shown: number;
  readonly onMove: (at: Instant | null) => void;
}) {
  const zone = usePreferences((store) => store.zone);
  const length = span.to - span.from;
  const position = at === null ? STEPS : Math.round(((at - span.from) / length) * STEPS);
  const words = `${formatTime(formatInstant(at ?? span.to), zone)} ${zoneLabel(zone)}`;
  return (
    <label className={classes['scrubber']}>
      <span>As of</span>
      <input
        type="range"
        min={0}
        max={STEPS}
        value={position}
        aria-label="Show the tree as of a time"
        aria-valuetext={`${words}, ${shown} processes started`}
        onChange={({ target }) => {
          const step = Number(target.value);
          onMove(step >= STEPS ? null : Math.round(span.from + (step / STEPS) * length));
        }}
      />
      <output>{at === null ? 'all of it' : words}</output>
    </label>
  );
}
