import { formatCount } from '#shared/base/counts.ts';
import classes from './chart.module.css';
import { seriesColor } from './series-color.ts';

/** The numbers of the bucket under the pointer, on the side of it that has room. */
export function BarTip({
  counts,
  series,
  title,
  at,
  width,
}: {
  readonly counts: Readonly<Record<string, number>>;
  readonly series: readonly { readonly id: string; readonly label: string }[];
  readonly title: string;
  /** Middle of the bar, in pixels of the chart's width. */
  readonly at: number;
  readonly width: number;
}) {
  const side = at > width / 2 ? { right: width - at + 10 } : { left: at + 10 };
  return (
    <div className={classes['tip']} style={side}>
      <div>{title}</div>
      {series.map(({ id, label }, index) =>
        counts[id] ? (
          <div key={id}>
            <i style={{ background: seriesColor(index) }} />
            {label}: <b>{formatCount(counts[id])}</b>
          </div>
        ) : null,
      )}
    </div>
  );
}
