import fc from 'fast-check';
import { formatInstant, type Instant, MINUTE } from '#shared/base/time.ts';
import type { Json } from './json.ts';

/** Instants of a range, often on the minute and shared, so that windows meet events exactly at their ends. */
export function arbitraryInstant({
  from,
  to,
}: {
  readonly from: Instant;
  readonly to: Instant;
}): fc.Arbitrary<Instant> {
  const minutes = Math.floor((to - from) / MINUTE);
  return fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: minutes }).map((minute) => from + minute * MINUTE) },
    { weight: 1, arbitrary: fc.integer({ min: from, max: to }) },
  );
}

const FORMS: readonly ((instant: Instant) => Json)[] = [
  formatInstant,
  (instant) => formatInstant(instant).replace('Z', '456789Z'),
  (instant) => formatInstant(instant).replace('Z', ''),
  (instant) => formatInstant(instant).replace('T', ' ').replace('Z', '1Z'),
  (instant) => formatInstant(instant + 120 * MINUTE).replace('Z', '+02:00'),
  (instant) => formatInstant(instant - 210 * MINUTE).replace('Z', '-0330'),
  (instant) => instant,
  String,
  (instant) => [formatInstant(instant)],
];

/** An instant as senders write it. */
export const arbitraryTimestamp = (range: { readonly from: Instant; readonly to: Instant }): fc.Arbitrary<Json> =>
  fc
    .tuple(
      arbitraryInstant(range),
      fc.oneof({ weight: 3, arbitrary: fc.constant(formatInstant) }, fc.constantFrom(...FORMS)),
    )
    .map(([instant, form]) => form(instant));
