import { expect, test } from 'vitest';
import { prevalenceSentence } from './prevalence-sentence.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const measured = { commandHosts: 1, totalHosts: 24, commandEvents: 3, shapeAlerts: 1 };

test.each([
  ['2026-11-22T09:57:00Z', '; first seen 3 minutes ago.'],
  ['2026-11-22T09:59:30Z', '; first seen less than a minute ago.'],
  ['2026-11-21T09:00:00Z', '; first seen 25 hours ago.'],
  ['2026-11-01T10:00:00Z', '; first seen 21 days ago.'],
])('first seen at %s', (commandFirstSeen, end) => {
  expect(prevalenceSentence({ ...measured, commandFirstSeen }, now)).toBe(
    `This command line ran on 1 of 24 hosts, in 3 events${end}`,
  );
});

test('what retention has removed is no rarity', () => {
  const none = { ...measured, commandEvents: 0, commandFirstSeen: null };
  expect(prevalenceSentence(none, now)).toMatch(/none of the events/);
});
