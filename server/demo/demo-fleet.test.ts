import { expect, test } from 'vitest';
import { DAY } from '#shared/base/time.ts';
import { demoRecords } from './demo-fleet.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const records = demoRecords({ now: NOW, seed: 7 });
const documents = records.map(({ text }) => JSON.parse(text));

test('a week of a fleet: over 100,000 events of 24 hosts, by time, none later than now', () => {
  expect(records.length).toBeGreaterThan(100_000);
  expect(new Set(documents.map(({ host }) => host.id)).size).toBe(24);
  expect(records.every(({ at }, index) => at <= NOW && at > NOW - 8 * DAY && at >= (records[index - 1]?.at ?? 0))).toBe(
    true,
  );
});

test('the same seed tells the same story, another seed another', () => {
  const texts = (seed: number) =>
    demoRecords({ now: NOW, seed })
      .slice(0, 500)
      .map(({ text }) => text);
  expect(texts(7)).toEqual(records.slice(0, 500).map(({ text }) => text));
  expect(texts(8)).not.toEqual(texts(7));
});

test('event ids are unique, and a parent is always a process of the same host that was born before', () => {
  expect(new Set(documents.map(({ event }) => event.id)).size).toBe(documents.length);
  const born = new Map<string, string>();
  const orphans = documents.filter(({ host, process }) => {
    const isOrphan = process.parent && born.get(process.parent.entity_id) !== host.id;
    born.set(process.entity_id, host.id);
    return isOrphan;
  });
  expect(orphans).toEqual([]);
});
