import { useState } from 'react';
import { Bar, BarChart, XAxis, YAxis } from 'recharts';
import { compactCount } from '#client/format/number.ts';
import { BarTip } from './bar-tip.tsx';
import classes from './chart.module.css';
import { seriesColor } from './series-color.ts';
import { useWidth } from './use-width.ts';

const MARGIN = { top: 4, right: 34, bottom: 0, left: 0 } as const;
const AXIS = { width: 38, height: 18 } as const;

export interface BarBucket {
  readonly at: string;
  readonly counts: Readonly<Record<string, number>>;
}

export interface StackedBarsProps {
  readonly buckets: readonly BarBucket[];
  readonly series: readonly { readonly id: string; readonly label: string }[];
  readonly height: number;
  readonly timeLabel: (iso: string) => string;
  /** Chosen by click or drag: first and last bucket, by their number. */
  readonly onChoose?: (first: number, last: number) => void;
}

interface Drag {
  readonly from: number;
  readonly to: number;
}

/** Counts over time, stacked by series; dragging over bars chooses a range. */
export function StackedBars({ buckets, series, height, timeLabel, onChoose }: StackedBarsProps) {
  const [box, width] = useWidth();
  const [drag, setDrag] = useState<Drag | null>(null);
  const [under, setUnder] = useState<number | null>(null);
  const data = buckets.map((bucket, index) => ({ index, at: bucket.at, ...bucket.counts }));
  const indexOf = (state: { readonly activeTooltipIndex?: unknown }): number | null => {
    const index = Number(state.activeTooltipIndex);
    return Number.isInteger(index) && index >= 0 && index < buckets.length ? index : null;
  };
  const finish = (): void => {
    if (drag && onChoose) onChoose(Math.min(drag.from, drag.to), Math.max(drag.from, drag.to));
    setDrag(null);
  };
  const slot = (width - AXIS.width - MARGIN.right) / Math.max(1, buckets.length);
  const left = (index: number): number => AXIS.width + index * slot;
  const marked = drag ?? (under === null ? null : { from: under, to: under });
  const pointed = under === null ? undefined : buckets[under];
  return (
    <div ref={box} className={classes['bars']} data-choosable={onChoose !== undefined}>
      {marked ? (
        <div
          className={classes['marked']}
          data-drag={drag !== null}
          style={{
            left: left(Math.min(marked.from, marked.to)),
            width: (Math.abs(marked.to - marked.from) + 1) * slot,
            height: height - AXIS.height,
          }}
        />
      ) : null}
      <BarChart
        width={width}
        height={height}
        data={data}
        margin={MARGIN}
        barCategoryGap={1}
        maxBarSize={32}
        accessibilityLayer={false}
        onMouseDown={(state) => {
          const index = onChoose ? indexOf(state) : null;
          if (index !== null) setDrag({ from: index, to: index });
        }}
        onMouseMove={(state) => {
          const index = indexOf(state);
          setUnder(index);
          if (drag && index !== null && index !== drag.to) setDrag({ ...drag, to: index });
        }}
        onMouseUp={finish}
        onMouseLeave={() => {
          setUnder(null);
          setDrag(null);
        }}
      >
        <XAxis
          dataKey="index"
          tickFormatter={(index: number) => timeLabel(buckets[index]?.at ?? '')}
          tick={{ fill: 'var(--text-2)', fontSize: 11 }}
          tickLine={false}
          axisLine={{ stroke: 'var(--line-strong)' }}
          minTickGap={48}
          height={AXIS.height}
        />
        <YAxis
          width={AXIS.width}
          allowDecimals={false}
          tick={{ fill: 'var(--text-2)', fontSize: 11 }}
          tickFormatter={compactCount}
          tickLine={false}
          axisLine={false}
          tickCount={3}
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
      </BarChart>
      {under !== null && pointed ? (
        <BarTip
          counts={pointed.counts}
          series={series}
          title={timeLabel(pointed.at)}
          at={left(under + 0.5)}
          width={width}
        />
      ) : null}
    </div>
  );
}
