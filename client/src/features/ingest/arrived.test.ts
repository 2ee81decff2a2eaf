import { expect, test } from 'vitest';
import type { Upload } from '#shared/api/uploads.ts';
import { arrived } from './arrived.ts';
import type { Sending } from './use-sending.ts';

const upload = (id: string, change: Partial<Upload> = {}): Upload => ({
  id,
  name: 'events.ndjson',
  status: 'receiving',
  bytesReceived: 10,
  bytesExpected: 1000,
  progress: 0.01,
  records: 0,
  events: 0,
  rejected: 0,
  duplicates: 0,
  eventsPerSecond: null,
  window: null,
  sha256: null,
  alertsRaised: null,
  notes: [],
  error: null,
  startedAt: '2026-07-21T10:00:00.000Z',
  finishedAt: null,
  ...change,
});
const sending = (change: Partial<Sending> = {}): Sending => ({
  key: 'one',
  name: 'events.ndjson',
  sent: 10,
  total: 1000,
  bytesPerSecond: 5,
  problem: null,
  ...change,
});
const ids = (uploads: readonly Upload[], list: readonly Sending[]) => arrived(uploads, list).map(({ id }) => id);

test('a file on its way up from here is not listed twice', () => {
  expect(ids([upload('own'), upload('done', { status: 'done' })], [sending()])).toEqual(['done']);
});

test("somebody else's file of the same size stays", () => {
  expect(ids([upload('own'), upload('other')], [sending()])).toEqual(['other']);
  expect(ids([upload('other', { bytesExpected: 999 })], [sending()])).toEqual(['other']);
  expect(ids([upload('other', { bytesExpected: null })], [sending()])).toEqual(['other']);
});

test('files that wait their turn, or failed, hide nothing', () => {
  expect(ids([upload('other')], [sending({ sent: 0 })])).toEqual(['other']);
  expect(ids([upload('other')], [sending({ problem: { code: 'unreachable', message: 'broken' } })])).toEqual(['other']);
});
