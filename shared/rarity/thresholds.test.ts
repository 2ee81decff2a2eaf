import { expect, test } from 'vitest';
import { countInside, countJustOutside, isInside, isJustOutside, longTail } from './thresholds.ts';

const cell = (count: number, agents: number, groups = 1) => ({ count, agents, hosts: agents, groups });
const CELLS = [
  cell(1, 1, 20),
  cell(4, 1, 2),
  cell(4, 2, 3),
  cell(5, 1),
  cell(9, 2),
  cell(10, 1),
  cell(1500, 8),
  cell(3, 0),
];
const RULE = { count: 5, agents: 1 };

test('the rule alerts on fewer events than the count, on no more agents, and on some agent', () => {
  expect(isInside({ count: 4, agents: 1 }, RULE)).toBe(true);
  expect(isInside({ count: 5, agents: 1 }, RULE)).toBe(false);
  expect(isInside({ count: 4, agents: 2 }, RULE)).toBe(false);
  expect(isInside({ count: 4, agents: 0 }, RULE)).toBe(false);
});

test('moving a threshold changes how many groups alert', () => {
  expect(countInside(CELLS, RULE)).toBe(22);
  expect(countInside(CELLS, { count: 6, agents: 1 })).toBe(23);
  expect(countInside(CELLS, { count: 6, agents: 2 })).toBe(26);
});

test('just outside is up to twice the events and one agent more', () => {
  expect(isJustOutside({ count: 9, agents: 2 }, RULE)).toBe(true);
  expect(isJustOutside({ count: 10, agents: 1 }, RULE)).toBe(false);
  expect(isJustOutside({ count: 1, agents: 3 }, RULE)).toBe(false);
  expect(isJustOutside({ count: 1, agents: 1 }, RULE)).toBe(false);
  expect(countJustOutside(CELLS, RULE)).toBe(5);
});

test('the long tail has every group once, in steps of 1, 2 and 5', () => {
  const bars = longTail(CELLS, RULE);
  expect(bars.slice(0, 4)).toEqual([
    { from: 1, to: 1, groups: 20, inside: 20 },
    { from: 2, to: 4, groups: 6, inside: 2 },
    { from: 5, to: 9, groups: 2, inside: 0 },
    { from: 10, to: 19, groups: 1, inside: 0 },
  ]);
  expect(bars.at(-1)).toEqual({ from: 1000, to: 1999, groups: 1, inside: 0 });
  expect(bars.reduce((sum, { groups }) => sum + groups, 0)).toBe(CELLS.reduce((sum, { groups }) => sum + groups, 0));
  expect(longTail([], RULE)).toEqual([]);
});
