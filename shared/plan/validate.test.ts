import { expect, test } from 'vitest';
import type { Expression } from './expression.ts';
import type { Step } from './plan.ts';
import { validatePlan } from './validate.ts';

const SOURCE = [
  { name: 'a', type: 'string' },
  { name: '$event', type: 'long' },
] as const;
const column = (name: string): Expression => ({ kind: 'column', name, type: 'string' });
const isNull = (name: string): Expression => ({ kind: 'is-null', of: column(name) });
const call: Expression = { kind: 'call', name: 'frobnicate', type: 'string', args: [column('a')] };

const dropA: Step = { kind: 'drop', columns: ['a'] };

const CASES: readonly (readonly [string, readonly Step[], readonly string[]])[] = [
  ['a sound plan', [{ kind: 'filter', where: isNull('a') }], []],
  ['an unknown column', [{ kind: 'filter', where: isNull('b') }], ['Step 1 (filter): no column b']],
  [
    'a column that an earlier step dropped',
    [
      { kind: 'rename', columns: [{ from: 'a', to: 'b' }] },
      { kind: 'sort', by: [{ value: column('a'), direction: 'ascending', nulls: 'last' }] },
    ],
    ['Step 2 (sort): no column a'],
  ],
  [
    'an unknown function',
    [{ kind: 'derive', columns: [{ name: 'x', value: call }] }],
    ['Step 1 (derive): no function frobnicate'],
  ],
  [
    'a hidden column overwritten',
    [{ kind: 'derive', columns: [{ name: '$event', value: column('a') }] }],
    ["Step 1 (derive): $event is not the query's to change"],
  ],
  ['a hidden column of ours added', [{ kind: 'derive', columns: [{ name: '$events', value: column('$event') }] }], []],
  ['a column dropped twice', [{ kind: 'drop', columns: ['a', 'a'] }], ['Step 1 (drop): column a twice']],
  ['a column dropped that the store need not hold', [{ kind: 'drop', columns: ['b'] }], []],
  ['a column dropped before', [dropA, { kind: 'filter', where: isNull('a') }], ['Step 2 (filter): no column a']],
  ['a column kept twice', [{ kind: 'keep', columns: ['a', 'a'] }], ['Step 1 (keep): column a twice']],
  [
    'an aggregate of nothing',
    [{ kind: 'aggregate', aggregates: [], keys: [] }],
    ['Step 1 (aggregate): neither an aggregate nor a key'],
  ],
  ['half a row', [{ kind: 'limit', count: 0.5 }], ['Step 1 (limit): 0.5 is no number of rows']],
  [
    'a derived column that sees an earlier one',
    [
      {
        kind: 'derive',
        columns: [
          { name: 'x', value: column('a') },
          { name: 'y', value: column('x') },
        ],
      },
    ],
    [],
  ],
];

test.each(CASES)('%s', (_, steps, messages) => {
  expect(validatePlan({ steps }, SOURCE).map(({ message }) => message)).toEqual(messages);
});
