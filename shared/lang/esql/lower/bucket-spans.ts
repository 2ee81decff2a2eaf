import { DAY, HOUR, type Instant, MINUTE, type Milliseconds, SECOND } from '#shared/base/time.ts';

type Span = { readonly milliseconds: Milliseconds } | { readonly months: number };

const spanOf = (milliseconds: Milliseconds): Span => ({ milliseconds });

/** Lengths that a person would choose, the longest first (elastic/elasticsearch `docs/reference/`, ES|QL `BUCKET`). */
const SPANS: readonly Span[] = [
  { months: 12 },
  { months: 1 },
  ...[7 * DAY, DAY, 12 * HOUR, 3 * HOUR, HOUR, 30 * MINUTE, 10 * MINUTE, 5 * MINUTE, MINUTE].map(spanOf),
  ...[30 * SECOND, 10 * SECOND, 5 * SECOND, SECOND, 100, 50, 10, 1].map(spanOf),
];

/** The shortest round length of which at most so many buckets lie between the two times; a year where none does. */
export const chosenSpan = (most: number, from: Instant, to: Instant): Span =>
  SPANS.findLast((span) => countOf(span, from, to) <= most) ?? { months: 12 };

function countOf(span: Span, from: Instant, to: Instant): number {
  if ('milliseconds' in span) return Math.ceil(to / span.milliseconds) - Math.floor(from / span.milliseconds);
  const month = (instant: Instant): number => {
    const date = new Date(instant);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  return Math.floor(month(to) / span.months) - Math.floor(month(from) / span.months) + 1;
}
