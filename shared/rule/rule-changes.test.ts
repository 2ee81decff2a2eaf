import { expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { ruleFromElastic } from './elastic-toml.ts';
import { diffLines } from './line-diff.ts';
import type { Rule } from './rule.ts';
import { changedRule, changesBetween, ruleProblems } from './rule-changes.ts';

function made(more: object): Rule {
  const rule = { rule_id: '1', name: 'One', description: '', severity: 'low', risk_score: 1, query: 'a:b\n', ...more };
  const read = ruleFromElastic({ rule }, 'one');
  return must(read.ok ? read.value : null, JSON.stringify(read));
}

const query = made({ type: 'query' });
const terms = made({
  type: 'new_terms',
  new_terms: { value: ['host.id'], history_window_start: [{ value: 'now-7d' }] },
});

test('changes are what differs, and give the rule again', () => {
  const changes = changesBetween(query, { ...query, query: 'a:c', maxSignals: 5 });
  expect(changes).toEqual({ query: 'a:c', maxSignals: 5 });
  expect(changedRule(query, changes)).toEqual({ ...query, query: 'a:c', maxSignals: 5 });
  expect(changesBetween(query, query)).toEqual({});
  expect(changesBetween(query, { query: 'a:b' })).toEqual({});
});

test('a rule gets no settings of another type', () => {
  const threshold = { fields: [], value: 2, cardinality: null };
  expect(changesBetween(query, { threshold, newTerms: { fields: ['a'], history: 1 } })).toEqual({});
});

test('a history must reach before the window', () => {
  expect(ruleProblems(terms)).toEqual([]);
  expect(ruleProblems(changedRule(terms, { window: 8 * 24 * 3600_000 }))).toMatchObject([
    { code: 'history-too-short' },
  ]);
});

test('lines are compared by what both have', () => {
  const diff = diffLines('a\nb\nc\nd', 'a\nx\nc\nd\ne');
  expect(diff.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'same a',
    'removed b',
    'added x',
    'same c',
    'same d',
    'added e',
  ]);
  expect(diffLines('same\n', 'same')).toEqual([{ kind: 'same', text: 'same' }]);
});
