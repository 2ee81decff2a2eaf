const COLORS = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)'] as const;

/** The colour of a series by its place; the same in charts and their legends. */
export const seriesColor = (index: number): string => COLORS[index % COLORS.length] ?? COLORS[0];
