import { expect, test } from 'vitest';
import type { ExplainedClause } from '#shared/evaluate/explained-clause.ts';
import { isWorthOpening, splitClause } from './clause.ts';

const leaf = (text: string, outcome: ExplainedClause['outcome']): ExplainedClause => ({
  text,
  operator: 'leaf',
  outcome,
  field: 'process.name',
  saw: ['sh'],
  children: [],
});
const branch = (
  operator: ExplainedClause['operator'],
  outcome: ExplainedClause['outcome'],
  children: readonly ExplainedClause[],
): ExplainedClause => ({ text: operator, operator, outcome, field: null, saw: [], children });

test('of an "or" that holds, only what made it hold is shown at first', () => {
  const clause = branch('or', 'pass', [leaf('a', 'fail'), leaf('b', 'pass'), leaf('c', 'null')]);
  const { telling, idle } = splitClause(clause);
  expect(telling.map(({ text }) => text)).toEqual(['b']);
  expect(idle.map(({ text }) => text)).toEqual(['a', 'c']);
});

test('of one that does not hold, every alternative counts', () => {
  expect(splitClause(branch('or', 'fail', [leaf('a', 'fail')])).idle).toEqual([]);
});

test('branches that decided the outcome are open', () => {
  const held = branch('or', 'pass', []);
  const missed = branch('or', 'fail', []);
  const exclusion = branch('not', 'pass', []);
  expect(isWorthOpening(branch('or', 'pass', [held, missed]), held)).toBe(true);
  expect(isWorthOpening(branch('or', 'pass', [held, missed]), missed)).toBe(false);
  expect(isWorthOpening(branch('and', 'fail', [held, missed]), missed)).toBe(true);
  expect(isWorthOpening(branch('and', 'pass', [held, exclusion]), exclusion)).toBe(false);
});
