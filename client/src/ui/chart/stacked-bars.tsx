import { memo, type PointerEvent, useState } from 'react';
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

/** Counts over time, stacked by series; dragging over bars chooses a range. */
export function StackedBars({ buckets, series, height, timeLabel, onChoose }: StackedBarsProps) {
  const [box, width] = useWidth();
  const [under, setUnder] = useState<number | null>(null);
  const [dragFrom, setDragFrom] = useState<number | null>(null);
  const slot = (width - AXIS.width - MARGIN.right) / Math.max(1, buckets.length);
  const left = (index: number): number => AXIS.width + index * slot;
  const bucketUnder = (event: PointerEvent<HTMLElement>): number => {
    const plotted = event.clientX - event.currentTarget.getBoundingClientRect().left - AXIS.width;
    return Math.max(0, Math.min(buckets.length - 1, Math.floor(plotted / slot)));
  };
  const choose = (to: number): void => {
    if (dragFrom === null) return;
    setDragFrom(null);
    onChoose?.(Math.min(dragFrom, to), Math.max(dragFrom, to));
  };
  const from = dragFrom ?? under ?? 0;
  const pointed = under === null ? undefined : buckets[under];
  return (
    <div
      ref={box}
      className={classes['bars']}
      data-choosable={onChoose !== undefined}
      onPointerMove={(event) => setUnder(bucketUnder(event))}
      onPointerLeave={() => setUnder(null)}
      onPointerDown={(event) => {
        if (!onChoose || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragFrom(bucketUnder(event));
      }}
      onPointerUp={(event) => choose(bucketUnder(event))}
      onPointerCancel={() => setDragFrom(null)}
    >
      {under !== null ? (
        <div
          className={classes['marked']}
          data-drag={dragFrom !== null}
          style={{
            left: left(Math.min(from, under)),
            width: (Math.abs(under - from) + 1) * slot,
            height: height - AXIS.height,
          }}
        />
      ) : null}
      <Bars buckets={buckets} series={series} width={width} height={height} timeLabel={timeLabel} />
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

/** Drawn anew when the numbers or the room change, not at every move of the pointer. */
const Bars = memo(function Bars({
  buckets,
  series,
  width,
  height,
  timeLabel,
}: Omit<StackedBarsProps, 'onChoose'> & { readonly width: number }) {
  const data = buckets.map((bucket, index) => ({ index, at: bucket.at, ...bucket.counts }));
  return (
    <BarChart
      width={width}
      height={height}
      data={data}
      margin={MARGIN}
      barCategoryGap={1}
      maxBarSize={32}
      accessibilityLayer={false}
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
  );
});
