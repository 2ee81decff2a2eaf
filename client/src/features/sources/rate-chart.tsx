import { formatTime, shortTime } from '#client/format/time.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import { ChartFrame, StackedBars } from '#client/ui/chart/chart-frame.tsx';
import type { Source } from '#shared/api/sources.ts';
import { formatCount } from '#shared/base/counts.ts';

const HEIGHT = 78;
const SERIES = [{ id: 'records', label: 'records' }];

/** Records a minute over the last hour. */
export function RateChart({ name, series }: { readonly name: string; readonly series: Source['series'] }) {
  const zone = usePreferences((store) => store.zone);
  return (
    <ChartFrame
      label={`Records a minute from ${name}, last hour`}
      height={HEIGHT}
      table={{
        columns: ['Minute', 'Records'],
        rows: series
          .filter(({ records }) => records > 0)
          .map(({ at, records }) => [formatTime(at, zone), formatCount(records)]),
      }}
    >
      <StackedBars
        height={HEIGHT}
        buckets={series.map(({ at, records }) => ({ at, counts: { records } }))}
        series={SERIES}
        timeLabel={(iso) => shortTime(iso, zone).slice(-5)}
      />
    </ChartFrame>
  );
}
