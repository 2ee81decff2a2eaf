import { expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { HOUR, MINUTE } from '#shared/base/time.ts';
import { ruleFromElastic } from './elastic-toml.ts';
import type { Rule } from './rule.ts';

const newTermsRule = {
  rule_id: 'b0f2',
  name: 'New child',
  description: '\nA child.\n',
  type: 'new_terms',
  language: 'kuery',
  query: 'event.action:exec',
  index: ['logs-*'],
  from: 'now-9m',
  interval: '5m',
  severity: 'medium',
  risk_score: 47,
  new_terms: {
    field: 'new_terms_fields',
    value: ['host.id', 'process.executable'],
    history_window_start: [{ field: 'history_window_start', value: 'now-7d' }],
  },
};

const read = (rule: Record<string, unknown>, metadata: Record<string, unknown> = {}): Rule => {
  const result = ruleFromElastic({ metadata, rule }, 'new-child');
  return must(result.ok ? result.value : null, result.ok ? '' : JSON.stringify(result.error));
};

const problems = (document: unknown): readonly string[] => {
  const result = ruleFromElastic(document, 'x');
  return result.ok ? [] : result.error.map(({ code, message }) => `${code}: ${message}`);
};

test('lengths become milliseconds, missing settings take the defaults of Elastic', () => {
  const { interval: _interval, from: _from, ...rule } = newTermsRule;
  expect(read(rule)).toMatchObject({
    slug: 'new-child',
    description: 'A child.',
    interval: 5 * MINUTE,
    window: 6 * MINUTE,
    maxSignals: 100,
    timestampOverride: null,
    newTerms: { fields: ['host.id', 'process.executable'], history: 7 * 24 * HOUR },
    deprecated: null,
  });
});

test('keys this program does not know are passed over', () => {
  const rule = { ...newTermsRule, building_block_type: 'default', investigation_fields: { field_names: ['x'] } };
  expect(read(rule, { min_stack_version: '8.18', integration: 'endpoint' }).name).toBe('New child');
});

test('techniques keep their sub-techniques, and need none', () => {
  const named = { id: 'T1', name: 'One', reference: 'https://example.org/' };
  const threat = [
    { framework: 'MITRE ATT&CK', tactic: named, technique: [named, { ...named, subtechnique: [named] }] },
  ];
  expect(read({ ...newTermsRule, threat }).threats[0]?.techniques.map((one) => one.subtechniques.length)).toEqual([
    0, 1,
  ]);
});

test('a withdrawn rule says when', () => {
  const metadata = { maturity: 'deprecated', deprecation_date: '2026/07/02' };
  expect(read(newTermsRule, metadata).deprecated).toEqual({ date: '2026-07-02', reason: 'Withdrawn by its author.' });
});

test('every problem is reported, each with its key', () => {
  const { name: _name, ...rule } = newTermsRule;
  expect(problems({ rule: { ...rule, severity: 'severe' } })).toEqual([
    'missing-key: rule.name is missing.',
    'wrong-value: rule.severity is “severe”, and one of low, medium, high, critical is asked for.',
  ]);
  expect(problems({ rule: { ...newTermsRule, interval: 'hourly', from: 'yesterday', to: 'now-1m' } })).toEqual([
    'unsupported-window: rule.to is now-1m; windows end at now.',
    'wrong-value: rule.from is no look-back such as now-9m: yesterday.',
    'wrong-value: rule.interval is no length of time: hourly.',
  ]);
});

test.each(['eql', 'machine_learning', 'threat_match', 'saved_query', 'toString'])(
  '%s rules are named as unsupported',
  (type) => {
    expect(problems({ rule: { type } })).toEqual([
      `unsupported-rule-type: rule.type is ${type}, which this program does not evaluate.`,
    ]);
  },
);

const { new_terms: _terms, ...queryRule } = { ...newTermsRule, type: 'query' };

test('thresholds are read in their older and newer forms', () => {
  const threshold = (given: object) => read({ ...queryRule, type: 'threshold', threshold: given }).threshold;
  expect(threshold({ field: '', value: 3 })).toEqual({ fields: [], value: 3, cardinality: null });
  expect(threshold({ field: 'host.id', value: 3, cardinality: [] })).toMatchObject({ fields: ['host.id'] });
  expect(threshold({ field: ['a', 'b'], value: 1, cardinality: [{ field: 'c', value: 2 }] })).toEqual({
    fields: ['a', 'b'],
    value: 1,
    cardinality: { field: 'c', value: 2 },
  });
  expect(problems({ rule: { ...queryRule, type: 'threshold' } })).toEqual(['missing-key: rule.threshold is missing.']);
});

test('a query rule may lack language and index; filters and highlighted fields are kept', () => {
  const { language: _language, index: _index, ...rule } = queryRule;
  const filters = [{ query: { exists: { field: 'a' } } }];
  const more = { filters, data_view_id: 'logs', investigation_fields: { field_names: ['b'] }, alert_suppression: {} };
  expect(read({ ...rule, ...more })).toMatchObject({
    type: 'query',
    language: 'kuery',
    filters: [{ kind: 'exists', field: 'a' }],
    highlights: ['b'],
    unapplied: ['alert_suppression'],
  });
  expect(read({ ...rule, alert_suppression: null, investigation_fields: null, filters: [] }).unapplied).toEqual([]);
  expect(problems({ rule: { ...rule, filters: [{ query: { script: {} } }] } })).toEqual([
    'unsupported-filter: rule.filters.0 uses script, which is not read here.',
  ]);
});

test('a rule type with another language is refused', () => {
  expect(problems({ rule: { ...newTermsRule, language: 'lucene' } })).toEqual([
    'unsupported-language: rule.language is lucene; new_terms rules are read in kuery.',
  ]);
});

test('a history that does not reach before the window is refused', () => {
  const new_terms = { ...newTermsRule.new_terms, history_window_start: [{ value: 'now-9m' }] };
  expect(problems({ rule: { ...newTermsRule, new_terms } })).toEqual([
    'history-too-short: rule.new_terms.history_window_start must be earlier than rule.from.',
  ]);
});

test.each([null, 'text', [], { rule: 7 }])('%j is no rule file', (document) => {
  expect(problems(document).length).toBeGreaterThan(0);
});
