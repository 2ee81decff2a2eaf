import {
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  ScatterChart,
  Scatter as ScatterSeries,
  Tooltip,
  XAxis,
  YAxis,
  ZAxis,
} from 'recharts';
import { compactCount, plural } from '#client/format/number.ts';
import type { RarityResult } from '#shared/rarity/rarity.ts';
import classes from './rarity.module.css';

type Cell = RarityResult['cells'][number];
/** Room beyond the largest value, so that its circle is whole. */
const HEADROOM = 1.3;
const TICK = { fill: 'var(--text-2)', fontSize: 11 };

/** Ticks of a logarithmic axis: 1, 2, 5, 10, … up to the largest value. */
function ticksUpTo(largest: number): number[] {
  const ticks: number[] = [];
  for (let power = 1; power <= largest; power *= 10) {
    for (const step of [1, 2, 5]) if (power * step <= largest * HEADROOM) ticks.push(power * step);
  }
  return ticks;
}

export function Scatter({ result }: { readonly result: RarityResult }) {
  const { cells, thresholds } = result;
  const maxCount = Math.max(thresholds.count * 2, ...cells.map(({ count }) => count));
  const maxHosts = Math.max(thresholds.agents * 2, ...cells.map(({ hosts }) => hosts));
  const inside = cells.filter(({ alerting }) => alerting > 0);
  const outside = cells.filter(({ alerting }) => alerting === 0);
  return (
    <ResponsiveContainer width="100%" height="100%" minWidth={50}>
      <ScatterChart margin={{ top: 10, right: 40, bottom: 14, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" />
        <XAxis
          type="number"
          dataKey="count"
          name="events"
          scale="log"
          domain={[0.8, maxCount * HEADROOM]}
          ticks={ticksUpTo(maxCount)}
          allowDataOverflow
          tick={TICK}
          tickFormatter={compactCount}
          stroke="var(--line-strong)"
          label={{ value: 'events', position: 'insideBottomRight', offset: -8, fill: 'var(--text-2)', fontSize: 11 }}
        />
        <YAxis
          type="number"
          dataKey="hosts"
          name="hosts"
          scale="log"
          domain={[0.8, maxHosts * HEADROOM]}
          ticks={ticksUpTo(maxHosts)}
          allowDataOverflow
          width={44}
          tick={TICK}
          stroke="var(--line-strong)"
          label={{
            value: 'hosts',
            angle: -90,
            position: 'insideLeft',
            offset: 14,
            fill: 'var(--text-2)',
            fontSize: 11,
          }}
        />
        <ZAxis type="number" dataKey="groups" range={[36, 520]} />
        <ReferenceLine
          x={thresholds.count - 0.5}
          stroke="var(--high)"
          strokeDasharray="5 4"
          label={{
            value: `fewer than ${thresholds.count}`,
            position: 'insideTopLeft',
            fill: 'var(--high)',
            fontSize: 11,
          }}
        />
        <ReferenceLine y={thresholds.agents + 0.4} stroke="var(--high)" strokeDasharray="5 4" />
        <Tooltip
          isAnimationActive={false}
          cursor={false}
          content={({ payload }) => <CellTip cell={payload?.[0]?.payload as Cell | undefined} />}
        />
        <ScatterSeries data={outside} fill="var(--series-1)" fillOpacity={0.55} isAnimationActive={false} />
        <ScatterSeries data={inside} fill="var(--series-2)" fillOpacity={0.8} isAnimationActive={false} />
      </ScatterChart>
    </ResponsiveContainer>
  );
}

function CellTip({ cell }: { readonly cell: Cell | undefined }) {
  if (!cell) return null;
  return (
    <div className={classes['tip']}>
      <b>{plural(cell.groups, 'group')}</b> with {plural(cell.count, 'event')} on {plural(cell.hosts, 'host')}
      <div className="dim">
        {cell.alerting === 0 ? 'outside the thresholds' : `${cell.alerting} inside the thresholds`}
      </div>
    </div>
  );
}
