import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { flatten } from '#shared/event/document.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileFilters } from '#shared/rule/compile-filters.ts';
import { readKibanaExport } from '#shared/rule/kibana-ndjson.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { kibanaRule } from '#shared/rule/write-kibana.ts';
import { loadRules } from './load.ts';

const { rules } = await loadRules(fileURLToPath(new URL('../../rules', import.meta.url)));

const back = (rule: Rule): Rule => {
  const [read] = readKibanaExport(`${JSON.stringify(kibanaRule(rule, true, []))}\n`, () => rule.slug).rules;
  if (!read?.rule.ok) throw new Error(JSON.stringify(read?.rule));
  return read.rule.value;
};

/** What Kibana's export has no place for, or writes for nothing. */
const meant = ({ createdDate: _c, updatedDate: _u, deprecated: _d, version, setup, note, index, ...rule }: Rule) => ({
  ...rule,
  ...{ version: version ?? 1, setup: setup ?? '', note: note ?? '', index: rule.type === 'esql' ? [] : index },
});

test.each(rules.map(({ rule }) => [rule.slug, rule] as const))('%s comes back as it went', (_, rule) => {
  expect(meant(back(rule))).toEqual(meant(rule));
});

const base = must(rules.find(({ rule }) => rule.type === 'new_terms')?.rule, 'a rule in KQL');

test('thresholds, look-backs of any length and filters come back with their meaning', () => {
  const rule: Rule = {
    ...base,
    ...{ type: 'threshold', newTerms: null, interval: 90_000, window: 5_400_000, highlights: ['host.name'] },
    threshold: { fields: ['host.name'], value: 3, cardinality: { field: 'user.name', value: 2 } },
    filters: [
      { kind: 'match', field: 'process.name', values: ['a', 'b'] },
      {
        kind: 'not',
        of: {
          kind: 'any',
          of: [
            { kind: 'exists', field: 'user.id' },
            { kind: 'match', field: 'process.pid', values: ['7'] },
          ],
        },
      },
      {
        kind: 'range',
        field: 'process.pid',
        bounds: [
          { operator: '>=', value: '1' },
          { operator: '<', value: '9' },
        ],
      },
      { kind: 'wildcard', field: 'process.name', pattern: 'A*', caseless: true },
    ],
  };
  const read = back(rule);
  expect({ ...meant(read), filters: [] }).toEqual({ ...meant(rule), filters: [] });
  const holds = ({ filters }: Rule, event: object) => {
    const compiled = compileFilters(filters, ECS_PROCESS);
    const where = must(compiled.ok ? compiled.value : null, 'filters');
    return evaluateFilter(where, flatten(event, ECS_PROCESS), 0) === true;
  };
  for (const name of ['a', 'b', 'c']) {
    for (const pid of [0, 1, 7, 9]) {
      for (const user of [{}, { 'user.id': 'x' }]) {
        const event = { 'process.name': name, 'process.pid': pid, ...user };
        expect(holds(read, event), JSON.stringify(event)).toBe(holds(rule, event));
      }
    }
  }
});
