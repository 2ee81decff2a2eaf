import { expect, test } from 'vitest';
import { clockWords, lateWords, silentWords } from './source-words.ts';

const arrivals = { sampled: 200, lateP50: 1500, lateP95: 65_000, ahead: 0, old: 0, merged: 0 };

test('how late events come', () => {
  expect(lateWords(arrivals)).toBe('half arrive within 1 s, 95 % within 1 min 5 s');
  expect(lateWords({ ...arrivals, lateP50: -20 })).toContain('half arrive within 0 ms');
  expect(lateWords({ ...arrivals, lateP50: -9000, lateP95: -8000 })).toBeNull();
  expect(lateWords({ ...arrivals, sampled: 0, lateP50: null, lateP95: null })).toBeNull();
});

test('a clock is spoken of only where something is odd about it', () => {
  expect(clockWords(arrivals, 1500)).toEqual([]);
  const [ahead, old] = clockWords({ ...arrivals, ahead: 3, old: 7 }, -7_200_000);
  expect(ahead).toMatch(/^3 of the last 200 events looked at come from the future: the newest is 2 h ahead\./);
  expect(old).toMatch(/^7 of the last 200 events looked at happened more than a day before/);
});

test('of a silent stream only what can be seen is told to be looked at', () => {
  expect(silentWords('Vector', 420_000, false)).toBe(
    'Nothing has come for 7 min: see whether Vector still runs on its host.',
  );
  expect(silentWords('Vector', 420_000, true)).toContain('and why it has been refused, below');
});
