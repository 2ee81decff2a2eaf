import type { AnswerOf } from '#client/api/call.ts';
import { formatTime, shortTime } from '#client/format/time.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import { ChartFrame, StackedBars } from '#client/ui/chart/chart-frame.tsx';
import type { previewRule } from '#shared/api/rule-editing.ts';
import { formatInstant, parseInstant } from '#shared/base/time.ts';

type Outcome = NonNullable<AnswerOf<typeof previewRule>['outcome']>;

const HEIGHT = 74;
/** Bars drawn; more would be thinner than a pixel. */
const MOST_BARS = 400;
const SERIES = [{ id: 'alerts', label: 'Occurrences' }];

/** Occurrences over time, gaps shown as gaps. */
export function PreviewBars({ outcome }: { readonly outcome: Outcome }) {
  const zone = usePreferences((store) => store.zone);
  if (outcome.histogram.length === 0) return null;
  return (
    <ChartFrame
      label="Occurrences over time"
      height={HEIGHT}
      table={{
        columns: ['From', 'Occurrences'],
        rows: outcome.histogram.map(({ at, count }) => [formatTime(at, zone), count]),
      }}
    >
      <StackedBars
        height={HEIGHT}
        buckets={bucketsOf(outcome)}
        series={SERIES}
        timeLabel={(iso) => shortTime(iso, zone)}
      />
    </ChartFrame>
  );
}

function bucketsOf({ histogram, bucketMs, from, to }: Outcome) {
  const counts = new Map(histogram.map(({ at, count }) => [parseInstant(at), count]));
  const [start, end] = [parseInstant(from) ?? 0, parseInstant(to) ?? 0];
  const first = Math.floor(start / bucketMs) * bucketMs;
  const bars = Math.min(MOST_BARS, Math.floor((end - first) / bucketMs) + 1);
  return Array.from({ length: bars }, (_, index) => {
    const at = first + index * bucketMs;
    return { at: formatInstant(at), counts: { alerts: counts.get(at) ?? 0 } };
  });
}
