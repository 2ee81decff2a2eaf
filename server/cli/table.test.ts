import { expect, test } from 'vitest';
import { tableLines } from './table.ts';

const columns = [
  { title: 'N', cell: (row: readonly [number, string]) => String(row[0]), align: 'right' as const },
  { title: 'TEXT', cell: (row: readonly [number, string]) => row[1] },
  { title: 'END', cell: () => '.' },
];

test('columns are as wide as their widest cell on the screen', () => {
  expect(
    tableLines(columns, [
      [1, 'ab'],
      [100, '日本'],
      [20, 'e\u0301'],
    ]),
  ).toEqual(['  N  TEXT  END', '  1  ab    .', '100  日本  .', ' 20  e\u0301     .']);
});

test('long cells are cut, and what a terminal would obey is spelled out', () => {
  const [, cut = '', safe = ''] = tableLines(columns, [
    [1, 'x'.repeat(100)],
    [2, 'a\u001b[31m\nb\u202e'],
  ]);
  expect(cut).toContain(`${'x'.repeat(39)}…  .`);
  expect(safe).toContain('a\\u001b[31m\\u000ab\\u202e');
});
