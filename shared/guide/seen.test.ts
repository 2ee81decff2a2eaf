import { describe, expect, test } from 'vitest';
import { changeWords } from './change-words.ts';
import { changesSince, type Seen } from './seen.ts';

const seen = (members: Partial<Seen> = {}): Seen => ({
  at: '2026-11-22T05:00:00.000Z',
  kql: 'process.name:"sh"',
  rows: 3,
  hints: [{ leaning: 'expected', reason: 'Seen on 20 of 24 hosts.' }],
  values: [{ field: 'user.name', values: ['www-data'] }],
  ...members,
});
const said = (now: Partial<Seen>, before: Partial<Seen> = {}) => changesSince(seen(before), seen(now)).map(changeWords);

test('what stands as it stood contradicts nothing', () => {
  expect(said({ at: '2026-11-23T05:00:00.000Z' })).toEqual([]);
  expect(said({ hints: [{ leaning: 'expected', reason: 'Seen on 21 of 24 hosts.' }] })).toEqual([]);
});

describe('what contradicts an answer', () => {
  test.each<[string, Partial<Seen>, Partial<Seen>, string[]]>([
    ['rows', { rows: 0 }, {}, ['the query had 3 rows, and has 0 rows now']],
    [
      'a hint that leans otherwise',
      { hints: [{ leaning: 'suspicious', reason: 'It runs from /tmp.' }] },
      {},
      ['the hint leaned expected, and leans suspicious now: It runs from /tmp.'],
    ],
    ['a hint that is gone', { hints: [] }, {}, ['the hint is gone that leaned expected']],
    [
      'a hint where none was',
      {},
      { hints: [] },
      ['the hint said nothing, and leans expected now: Seen on 20 of 24 hosts.'],
    ],
    [
      'values, told once though the query has them too',
      { kql: 'other', values: [{ field: 'user.name', values: ['root'] }] },
      {},
      ['user.name now has “root” too, user.name no longer has “www-data”'],
    ],
    ['another question', { kql: 'process.name:"bash"' }, {}, ['the guide asks something else now']],
    ['a question that can no longer be asked', { kql: null, rows: null }, {}, ['the guide asks something else now']],
  ])('%s', (_, now, before, wanted) => {
    expect(said(now, before)).toEqual(wanted);
  });
});

test('a field that the step did not show then says nothing', () => {
  expect(said({ values: [{ field: 'user.id', values: ['0'] }] })).toEqual([]);
});
