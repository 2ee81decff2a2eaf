import { useCallback, useMemo } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { formatTime, shortTime } from '#client/format/time.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import { ChartFrame, StackedBars } from '#client/ui/chart/chart-frame.tsx';
import { alertHistogram } from '#shared/api/alerts.ts';
import { listRules } from '#shared/api/rules.ts';
import { formatInstant, parseInstant } from '#shared/base/time.ts';
import { filterOf, type QueueSearch } from '../queue-search.ts';
import classes from './queue.module.css';

const BUCKETS = 90;
const HEIGHT = 74;

/** Alerts over time by rule. Clicking or dragging over bars narrows the queue to their time. */
export function QueueHistogram({
  search,
  ready,
  onChange,
}: {
  readonly search: QueueSearch;
  /** The rows are there. */
  readonly ready: boolean;
  readonly onChange: (change: Partial<QueueSearch>) => void;
}) {
  const zone = usePreferences((store) => store.zone);
  const histogram = useEndpoint(
    alertHistogram,
    { query: { ...filterOf(search), buckets: BUCKETS } },
    { keepPrevious: true, enabled: ready },
  );
  const rules = useEndpoint(listRules, {});
  // The same ones until they change: bars are costly to draw, and the page is drawn at every move of the cursor.
  const series = useMemo(
    () => (rules.data?.rules ?? []).map(({ slug, name }) => ({ id: slug, label: name })),
    [rules.data],
  );
  const timeLabel = useCallback((iso: string) => shortTime(iso, zone), [zone]);
  const buckets = histogram.data?.buckets ?? [];
  const choose = (first: number, last: number): void => {
    const from = buckets[first]?.at;
    const start = parseInstant(buckets[last]?.at ?? '');
    if (from === undefined || start === null) return;
    onChange({ from, to: formatInstant(start + (histogram.data?.bucketMs ?? 0) - 1) });
  };
  return (
    <div className={classes['histogram']}>
      <ChartFrame
        label="Alerts over time"
        height={HEIGHT}
        table={{
          columns: ['From', ...series.map(({ label }) => label)],
          rows: buckets
            .filter(({ counts }) => Object.keys(counts).length > 0)
            .map(({ at, counts }) => [formatTime(at, zone), ...series.map(({ id }) => counts[id] ?? 0)]),
        }}
      >
        {buckets.length > 0 ? (
          <StackedBars height={HEIGHT} buckets={buckets} series={series} timeLabel={timeLabel} onChoose={choose} />
        ) : null}
      </ChartFrame>
    </div>
  );
}
