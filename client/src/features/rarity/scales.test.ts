import { expect, test } from 'vitest';
import { agentsLine, agentsOf, countLine, countOf, logScale, thresholdAfter } from './scales.ts';

test('a pixel and its value belong together, and the largest value is in sight', () => {
  const scale = logScale(1500, 900);
  for (const value of [1, 4.5, 37, 1500]) expect(scale.valueAt(scale.at(value))).toBeCloseTo(value);
  expect(scale.at(1)).toBeGreaterThan(0);
  expect(scale.at(1500)).toBeLessThan(900);
  expect(scale.ticks.slice(0, 5)).toEqual([1, 2, 5, 10, 20]);
});

test('a line dragged to where it stands is the same threshold', () => {
  for (const value of [1, 2, 5, 1000]) {
    expect(countOf(countLine(value))).toBe(value);
    expect(agentsOf(agentsLine(value))).toBe(value);
  }
  expect([countOf(0.1), agentsOf(0.1)]).toEqual([1, 1]);
});

test('keys move a threshold by one, by half, and never below one', () => {
  expect(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'q'].map((key) => thresholdAfter(key, 6))).toEqual([
    7,
    5,
    9,
    3,
    1,
    null,
  ]);
  expect(thresholdAfter('ArrowLeft', 1)).toBe(1);
});
