/** What a chart of bars shows: counts over time, by series. */
export interface BarBucket {
  /** Its first instant, ISO. */
  readonly at: string;
  /** By id of series; absent is none. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface BarSeries {
  readonly id: string;
  readonly label: string;
}

/** The height that the highest stack must have room for. */
export const mostOf = (buckets: readonly BarBucket[], series: readonly BarSeries[]): number =>
  buckets.reduce((most, { counts }) => Math.max(most, totalOf(counts, series)), 0);

const totalOf = (counts: BarBucket['counts'], series: readonly BarSeries[]): number =>
  series.reduce((total, { id }) => total + (counts[id] ?? 0), 0);
