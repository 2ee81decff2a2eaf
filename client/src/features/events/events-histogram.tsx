import { formatTime, shortTime } from '#client/format/time.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import { ChartFrame, StackedBars } from '#client/ui/chart/chart-frame.tsx';
import { formatInstant, parseInstant } from '#shared/base/time.ts';
import classes from './events.module.css';

const HEIGHT = 76;
const SERIES = [{ id: 'events', label: 'Events' }] as const;

export function EventsHistogram({
  buckets,
  bucketMs,
  onChoose,
}: {
  readonly buckets: readonly { readonly at: string; readonly count: number }[];
  readonly bucketMs: number;
  readonly onChoose: (from: string, to: string) => void;
}) {
  const zone = usePreferences((store) => store.zone);
  return (
    <div className={classes['histogram']}>
      <ChartFrame
        label="Events over time"
        height={HEIGHT}
        table={{
          columns: ['From', 'Events'],
          rows: buckets.filter(({ count }) => count > 0).map(({ at, count }) => [formatTime(at, zone), count]),
        }}
      >
        {buckets.length > 0 ? (
          <StackedBars
            buckets={buckets.map(({ at, count }) => ({ at, counts: { events: count } }))}
            series={SERIES}
            timeLabel={(iso) => shortTime(iso, zone)}
            onChoose={(first, last) => {
              const from = buckets[first]?.at;
              const start = parseInstant(buckets[last]?.at ?? '');
              if (from !== undefined && start !== null) onChoose(from, formatInstant(start + bucketMs - 1));
            }}
          />
        ) : null}
      </ChartFrame>
    </div>
  );
}
