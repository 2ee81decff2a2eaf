import { useState } from 'react';
import { Bar, BarChart, ReferenceArea, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { compactCount } from '#client/format/number.ts';
import classes from './chart.module.css';
import { seriesColor } from './series-color.ts';

export interface BarBucket {
  readonly at: string;
  readonly counts: Readonly<Record<string, number>>;
}

export interface StackedBarsProps {
  readonly buckets: readonly BarBucket[];
  readonly series: readonly { readonly id: string; readonly label: string }[];
  readonly timeLabel: (iso: string) => string;
  /** Chosen by click or drag: first and last bucket, by their number. */
  readonly onChoose?: (first: number, last: number) => void;
}

interface Drag {
  readonly from: number;
  readonly to: number;
}

/** Counts over time, stacked by series; dragging over bars chooses a range. */
export function StackedBars({ buckets, series, timeLabel, onChoose }: StackedBarsProps) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const data = buckets.map((bucket, index) => ({ index, at: bucket.at, ...bucket.counts }));
  const indexOf = (state: { readonly activeTooltipIndex?: unknown }): number | null => {
    const index = Number(state.activeTooltipIndex);
    return Number.isInteger(index) && index >= 0 && index < buckets.length ? index : null;
  };
  const finish = (): void => {
    if (drag && onChoose) onChoose(Math.min(drag.from, drag.to), Math.max(drag.from, drag.to));
    setDrag(null);
  };
  return (
    <ResponsiveContainer width="100%" height="100%" minWidth={50}>
      <BarChart
        data={data}
        margin={{ top: 4, right: 34, bottom: 0, left: 0 }}
        barCategoryGap={1}
        maxBarSize={32}
        accessibilityLayer={false}
        onMouseDown={(state) => {
          const index = onChoose ? indexOf(state) : null;
          if (index !== null) setDrag({ from: index, to: index });
        }}
        onMouseMove={(state) => {
          const index = indexOf(state);
          if (drag && index !== null && index !== drag.to) setDrag({ ...drag, to: index });
        }}
        onMouseUp={finish}
        onMouseLeave={() => setDrag(null)}
      >
        <XAxis
          dataKey="index"
          tickFormatter={(index: number) => timeLabel(buckets[index]?.at ?? '')}
          tick={{ fill: 'var(--text-2)', fontSize: 11 }}
          tickLine={false}
          axisLine={{ stroke: 'var(--line-strong)' }}
          minTickGap={48}
          height={18}
        />
        <YAxis
          width={38}
          allowDecimals={false}
          tick={{ fill: 'var(--text-2)', fontSize: 11 }}
          tickFormatter={compactCount}
          tickLine={false}
          axisLine={false}
          tickCount={3}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--surface-2)' }}
          content={({ active, label }) => {
            const bucket = active ? buckets[Number(label)] : undefined;
            if (!bucket) return null;
            return (
              <div className={classes['tip']}>
                <div>{timeLabel(bucket.at)}</div>
                {series.map(({ id, label: name }, at) =>
                  bucket.counts[id] ? (
                    <div key={id}>
                      <i style={{ background: seriesColor(at) }} />
                      {name}: <b>{bucket.counts[id]}</b>
                    </div>
                  ) : null,
                )}
              </div>
            );
          }}
        />
        {series.map(({ id }, at) => (
          <Bar
            key={id}
            dataKey={id}
            stackId="all"
            fill={seriesColor(at)}
            isAnimationActive={false}
            minPointSize={(_, index) => ((buckets[index]?.counts[id] ?? 0) > 0 ? 2 : 0)}
          />
        ))}
        {drag ? (
          <ReferenceArea
            x1={Math.min(drag.from, drag.to)}
            x2={Math.max(drag.from, drag.to)}
            fill="var(--accent)"
            fillOpacity={0.18}
          />
        ) : null}
      </BarChart>
    </ResponsiveContainer>
  );
}
