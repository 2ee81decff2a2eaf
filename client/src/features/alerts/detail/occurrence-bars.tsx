import { formatTime } from '#client/format/time.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import type { Occurrence } from '#shared/alert/alert.ts';
import { plural } from '#shared/base/counts.ts';
import { parseInstant } from '#shared/base/time.ts';
import classes from './alert-detail.module.css';

const WIDTH = 600;
const HEIGHT = 36;
const BAR = 4;

/** How often the same keys alerted over time: a bar each, as high as its events. The list below says the same in words. */
export function OccurrenceBars({ occurrences }: { readonly occurrences: readonly Occurrence[] }) {
  const zone = usePreferences((store) => store.zone);
  const times = occurrences.map(({ firstSeen }) => parseInstant(firstSeen) ?? 0);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  if (occurrences.length < 2 || from === to) return null;
  const most = Math.max(1, ...occurrences.map(({ eventCount }) => eventCount));
  const ends = [from, to].map((at) => formatTime(new Date(at).toISOString(), zone));
  return (
    <figure className={classes['occurrences']}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${plural(occurrences.length, 'occurrence')} from ${ends[0]} to ${ends[1]}`}
      >
        {occurrences.map(({ firstSeen, eventCount, window }, index) => {
          const height = Math.max(3, (eventCount / most) * HEIGHT);
          const left = (((times[index] ?? from) - from) / (to - from)) * (WIDTH - BAR);
          return <rect key={`${window.from} ${firstSeen}`} x={left} y={HEIGHT - height} width={BAR} height={height} />;
        })}
      </svg>
      <figcaption className="dim">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </figcaption>
    </figure>
  );
}
