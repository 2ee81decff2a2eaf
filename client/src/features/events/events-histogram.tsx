import { formatTime, shortTime } from '#client/format/time.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import { ChartFrame, StackedBars } from '#client/ui/chart/chart-frame.tsx';
import { TextButton } from '#client/ui/text-button.tsx';
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
  const choose = (first: string | undefined, last: string | undefined): void => {
    const start = parseInstant(last ?? '');
    if (first !== undefined && start !== null) onChoose(first, formatInstant(start + bucketMs - 1));
  };
  return (
    <div className={classes['histogram']}>
      <ChartFrame
        label="Events over time"
        height={HEIGHT}
        table={{
          columns: ['From', 'Events'],
          rows: buckets
            .filter(({ count }) => count > 0)
            .map(({ at, count }) => [
              <TextButton key={at} onClick={() => choose(at, at)}>
                {formatTime(at, zone)}
              </TextButton>,
              count,
            ]),
        }}
      >
        {buckets.length > 0 ? (
          <StackedBars
            height={HEIGHT}
            buckets={buckets.map(({ at, count }) => ({ at, counts: { events: count } }))}
            series={SERIES}
            timeLabel={(iso) => shortTime(iso, zone)}
            onChoose={(first, last) => choose(buckets[first]?.at, buckets[last]?.at)}
          />
        ) : null}
      </ChartFrame>
    </div>
  );
}
