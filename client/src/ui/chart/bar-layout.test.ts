import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barLayout, countTicks } from './bar-layout.ts';

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [2, [0, 1, 2]],
  [3, [0, 2, 4]],
  [19, [0, 10, 20]],
  [21, [0, 15, 30]],
  [1234, [0, 750, 1500]],
])('counts up to %i are read off at %j', (most, ticks) => {
  expect(countTicks(most)).toEqual(ticks);
});

test('ticks are whole and reach the largest count, which fills at least half of the height', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (most) => {
      const top = countTicks(most).at(-1) ?? 0;
      expect(countTicks(most).every(Number.isInteger)).toBe(true);
      expect(top).toBeGreaterThanOrEqual(most);
      expect(top).toBeLessThanOrEqual(2 * most);
    }),
  );
});

test('the middle of each bar belongs to its bucket, and what is beside the plot to its ends', () => {
  const layout = barLayout(90, 7, 1000, 50);
  for (let index = 0; index < 90; index++) {
    expect(layout.bucketAt(layout.left(index) + layout.bar / 2)).toBe(index);
  }
  expect([layout.bucketAt(-20), layout.bucketAt(5000)]).toEqual([0, 89]);
});

test('one alert beside a thousand is still a bar', () => {
  const { height } = barLayout(10, 1000, 400, 50);
  expect([height(0), height(1), height(1000)]).toEqual([0, 2, 50]);
});

test('few buckets are bars of bounded width, and labels keep apart', () => {
  const layout = barLayout(4, 1, 1200, 50);
  expect(layout.bar).toBe(32);
  const { labelled, slot } = barLayout(90, 1, 1000, 50);
  expect((labelled[1] ?? 0) * slot).toBeGreaterThanOrEqual(104);
});
