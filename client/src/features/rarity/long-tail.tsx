import { compactCount } from '#client/format/number.ts';
import { ChartFrame } from '#client/ui/chart/chart-frame.tsx';
import { plural } from '#shared/base/counts.ts';
import type { RarityResult } from '#shared/rarity/rarity.ts';
import { longTail, type TailBar, type Thresholds } from '#shared/rarity/thresholds.ts';
import classes from './scatter.module.css';

const HEIGHT = 210;

const rangeOf = ({ from, to }: TailBar): string =>
  from === to ? compactCount(from) : `${compactCount(from)}–${compactCount(to)}`;

/** How many groups have how many events: few commands run all the time, many run once. */
export function LongTail({ result, thresholds }: { readonly result: RarityResult; readonly thresholds: Thresholds }) {
  const bars = longTail(result.cells, thresholds);
  const most = Math.max(1, ...bars.map(({ groups }) => groups));
  const share = (groups: number): string => `${(100 * groups) / most}%`;
  return (
    <ChartFrame
      label="Groups by number of events"
      height={HEIGHT}
      table={{
        columns: ['Events', 'Groups', 'Inside the thresholds'],
        rows: bars.map((bar) => [rangeOf(bar), bar.groups, bar.inside]),
      }}
    >
      <div className={classes['bars']} role="img" aria-label="Groups by number of events, as bars">
        {bars.map((bar) => (
          <div
            key={bar.from}
            className={classes['bar']}
            title={`${plural(bar.groups, 'group')} with ${rangeOf(bar)} events, ${bar.inside} inside the thresholds`}
          >
            {bar.groups > 0 ? compactCount(bar.groups) : ''}
            <span style={{ height: share(bar.groups - bar.inside) }} />
            <span data-inside="true" style={{ height: share(bar.inside) }} />
            <small>{compactCount(bar.from)}</small>
          </div>
        ))}
      </div>
    </ChartFrame>
  );
}
