import { expect, test } from 'vitest';
import { liveState } from './live-state.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const source = (lastArrival: string, recordsPerSecond = 0) => ({ lastArrival, recordsPerSecond });
const seen = (more: object) => ({
  sources: [source('2026-11-22T09:59:58.000Z', 100)],
  waitingRecords: 0,
  trouble: null,
  ...more,
});

test.each([
  ['no sender yet', { sources: [] }, { kind: 'none' }],
  ['records come', {}, { kind: 'live', recordsPerSecond: 100 }],
  ['some always wait', { waitingRecords: 500 }, { kind: 'live', recordsPerSecond: 100 }],
  ['too many wait', { waitingRecords: 501 }, { kind: 'behind', records: 501, recordsPerSecond: 100 }],
  [
    'the last one came long ago',
    { sources: [source('2026-11-22T09:54:59.000Z'), source('2026-11-20T00:00:00.000Z')] },
    { kind: 'silent', since: '2026-11-22T09:54:59.000Z' },
  ],
  [
    'the last of several counts',
    { sources: [source('2026-11-20T00:00:00.000Z'), source('2026-11-22T09:59:00.000Z')] },
    { kind: 'live', recordsPerSecond: 0 },
  ],
  ['the store refuses', { trouble: 'disk full', waitingRecords: 9999 }, { kind: 'stuck', reason: 'disk full' }],
])('%s', (_name, more, expected) => {
  expect(liveState(seen(more), NOW)).toEqual(expected);
});
