import { type PointerEvent, useState } from 'react';
import { compactCount } from '#client/format/number.ts';
import { type BarBucket, type BarSeries, mostOf } from './bar-data.ts';
import { type BarLayout, barLayout } from './bar-layout.ts';
import { BarTip } from './bar-tip.tsx';
import classes from './chart.module.css';
import { seriesColor } from './series-color.ts';
import { useWidth } from './use-width.ts';

const PAD = { left: 38, right: 34, top: 4, bottom: 18 } as const;

/** Counts over time, stacked by series. A click on a bar chooses its bucket, a drag a range: first and last, by number. */
export function StackedBars({
  buckets,
  series,
  height,
  timeLabel,
  onChoose,
}: {
  readonly buckets: readonly BarBucket[];
  readonly series: readonly BarSeries[];
  readonly height: number;
  readonly timeLabel: (iso: string) => string;
  readonly onChoose?: (first: number, last: number) => void;
}) {
  const [box, width] = useWidth();
  const [under, setUnder] = useState<number | null>(null);
  const [dragFrom, setDragFrom] = useState<number | null>(null);
  const plot = { width: Math.max(1, width - PAD.left - PAD.right), height: height - PAD.top - PAD.bottom };
  const layout = barLayout(buckets.length, mostOf(buckets, series), plot.width, plot.height);

  const bucketUnder = (event: PointerEvent<SVGSVGElement>): number =>
    layout.bucketAt(event.clientX - event.currentTarget.getBoundingClientRect().left - PAD.left);
  const choose = (event: PointerEvent<SVGSVGElement>): void => {
    if (dragFrom === null) return;
    const to = bucketUnder(event);
    setDragFrom(null);
    onChoose?.(Math.min(dragFrom, to), Math.max(dragFrom, to));
  };
  return (
    <div ref={box} className={classes['bars']} data-choosable={onChoose !== undefined}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the figure around it has the name, and the numbers as a table */}
      <svg
        width={width}
        height={height}
        onPointerMove={(event) => setUnder(bucketUnder(event))}
        onPointerLeave={() => setUnder(null)}
        onPointerDown={(event) => {
          if (!onChoose || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragFrom(bucketUnder(event));
        }}
        onPointerUp={choose}
        onPointerCancel={() => setDragFrom(null)}
      >
        <Axes layout={layout} plot={plot} labelOf={(index) => timeLabel(buckets[index]?.at ?? '')} />
        <g transform={`translate(${PAD.left} ${PAD.top})`}>
          <Chosen layout={layout} height={plot.height} from={dragFrom ?? under} to={under} drag={dragFrom !== null} />
          {buckets.map((bucket, index) => (
            <Stack key={bucket.at} counts={bucket.counts} {...{ index, series, layout }} base={plot.height} />
          ))}
        </g>
      </svg>
      {under !== null && buckets[under] ? (
        <BarTip
          bucket={buckets[under]}
          series={series}
          title={timeLabel(buckets[under].at)}
          at={PAD.left + (under + 0.5) * layout.slot}
          width={width}
        />
      ) : null}
    </div>
  );
}

function Axes({
  layout,
  plot,
  labelOf,
}: {
  readonly layout: BarLayout;
  readonly plot: { readonly width: number; readonly height: number };
  readonly labelOf: (index: number) => string;
}) {
  const bottom = PAD.top + plot.height;
  return (
    <g className={classes['axes']}>
      {layout.counts.map((count) => (
        <g key={count}>
          <path d={`M${PAD.left} ${bottom - layout.height(count)}h${plot.width}`} data-base={count === 0} />
          <text x={PAD.left - 6} y={bottom - layout.height(count) + (count === 0 ? 0 : 7)} textAnchor="end">
            {compactCount(count)}
          </text>
        </g>
      ))}
      {layout.labelled.map((index) => (
        <text key={index} x={PAD.left + index * layout.slot} y={bottom + 14}>
          {labelOf(index)}
        </text>
      ))}
    </g>
  );
}

/** What is under the pointer, or dragged over. */
function Chosen({
  layout,
  height,
  from,
  to,
  drag,
}: {
  readonly layout: BarLayout;
  readonly height: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly drag: boolean;
}) {
  if (from === null || to === null) return null;
  const first = Math.min(from, to);
  return (
    <rect
      className={classes['chosen']}
      data-drag={drag}
      x={first * layout.slot}
      width={(Math.abs(to - from) + 1) * layout.slot}
      height={height}
    />
  );
}

function Stack({
  counts,
  index,
  series,
  layout,
  base,
}: {
  readonly counts: BarBucket['counts'];
  readonly index: number;
  readonly series: readonly BarSeries[];
  readonly layout: BarLayout;
  readonly base: number;
}) {
  let top = base;
  return series.map(({ id }, at) => {
    const height = layout.height(counts[id] ?? 0);
    if (height === 0) return null;
    top -= height;
    return <rect key={id} x={layout.left(index)} y={top} width={layout.bar} height={height} fill={seriesColor(at)} />;
  });
}
