import { expect, test } from 'vitest';
import { formatInstant, parseInstant, parseLookBack, parseSpan, spanText } from './time.ts';

test.each([
  ['2026-11-21T20:15:13.002Z', '2026-11-21T20:15:13.002Z'],
  ['2026-11-21T20:15:13.1234567Z', '2026-11-21T20:15:13.123Z'],
  ['2026-11-21T20:15:13', '2026-11-21T20:15:13.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ['0033-01-02', '0033-01-02T00:00:00.000Z'],
  ['2026-11-21', '2026-11-21T00:00:00.000Z'],
  ['2026-11-21T02:00:00+02:00', '2026-11-21T00:00:00.000Z'],
  ['2026-11-21T02:00:00-0330', '2026-11-21T05:30:00.000Z'],
])('%s is the instant %s', (text, instant) => {
  const parsed = parseInstant(text);
  expect(parsed === null ? null : formatInstant(parsed)).toBe(instant);
});

test.each(['', 'now', '2026-13-01', '2026-02-30', '21/Nov/2026', '2026-11-21T24:00:00Z', '1795292113'])(
  '%s is no instant',
  (text) => {
    expect(parseInstant(text)).toBeNull();
  },
);

test('rule files write lengths and look-backs', () => {
  expect(parseSpan('5m')).toBe(300_000);
  expect(parseLookBack('now-61m')).toBe(61 * 60_000);
  expect(parseLookBack('now')).toBe(0);
  expect(parseSpan('5 minutes')).toBeNull();
  expect(parseLookBack('yesterday')).toBeNull();
});

test('a length is written in the largest unit that divides it', () => {
  expect([spanText(3_660_000), spanText(86_400_000), spanText(90_000)]).toEqual(['61m', '1d', '90s']);
});
