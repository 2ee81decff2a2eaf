/** Where the parts of a bar chart stand, in pixels from the plot's upper left corner. */
export interface BarLayout {
  /** Width of what belongs to one bucket, gap included. */
  readonly slot: number;
  readonly bar: number;
  /** Left edge of a bucket's bar. */
  readonly left: (index: number) => number;
  /** The bucket at a pixel; pixels beyond the ends belong to the first and last. */
  readonly bucketAt: (pixel: number) => number;
  readonly height: (count: number) => number;
  readonly counts: readonly number[];
  /** Buckets under which a label has room. */
  readonly labelled: readonly number[];
}

const GAP = 1;
const WIDEST_BAR = 32;
/** A count that is not zero is seen, however small beside the largest. */
const LEAST_HEIGHT = 2;
const LABEL_ROOM = 104;

export function barLayout(buckets: number, most: number, width: number, height: number): BarLayout {
  const slot = width / Math.max(1, buckets);
  const bar = Math.max(1, Math.min(WIDEST_BAR, slot - GAP));
  const counts = countTicks(most);
  const top = counts.at(-1) ?? 1;
  const every = Math.max(1, Math.ceil(LABEL_ROOM / slot));
  return {
    slot,
    bar,
    left: (index) => index * slot + (slot - bar) / 2,
    bucketAt: (pixel) => Math.max(0, Math.min(buckets - 1, Math.floor(pixel / slot))),
    height: (count) => (count === 0 ? 0 : Math.max(LEAST_HEIGHT, (count / top) * height)),
    counts,
    labelled: Array.from({ length: Math.max(1, Math.floor(buckets / every)) }, (_, index) => index * every),
  };
}

/** Whole, round numbers from 0 to at least `most`: three of them, or two where one is all there is. */
export function countTicks(most: number): readonly number[] {
  if (most <= 1) return [0, 1];
  const half = most / 2;
  const power = 10 ** Math.floor(Math.log10(half));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10].map((factor) => factor * power).find((round) => fits(round, half));
  return [0, step ?? half, 2 * (step ?? half)];
}

const fits = (step: number, half: number): boolean => Number.isInteger(step) && step >= half;
