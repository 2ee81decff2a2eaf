import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { DAY, HOUR, MINUTE } from '#shared/base/time.ts';
import { type LoadedRule, loadRules, type RuleLibrary } from './load.ts';

const RULES = fileURLToPath(new URL('../../rules', import.meta.url));

let library: RuleLibrary;

beforeAll(async () => {
  library = await loadRules(RULES);
});

const find = (slug: string): LoadedRule =>
  must(
    library.rules.find(({ rule }) => rule.slug === slug),
    slug,
  );

test('every file of the rules folder can be read', () => {
  expect(library.broken).toEqual([]);
  expect(library.rules.map(({ rule }) => rule.slug)).toEqual([
    'unusual-child-execution-via-web-server',
    'unusual-command-from-web-server-parent',
  ]);
});

test('the rarity rule is set up as Elastic published it, and is shown as withdrawn', () => {
  expect(find('unusual-command-from-web-server-parent').rule).toMatchObject({
    name: 'Unusual Command Execution from Web Server Parent',
    type: 'esql',
    interval: HOUR,
    window: 61 * MINUTE,
    maxSignals: 100,
    timestampOverride: null,
    severity: 'medium',
    riskScore: 47,
    license: 'Elastic License v2',
    deprecated: { date: '2026-07-02', reason: expect.stringContaining('www-data') },
  });
});

test('the new terms rule is set up as Elastic published it', () => {
  expect(find('unusual-child-execution-via-web-server').rule).toMatchObject({
    name: 'Unusual Child Execution via Web Server',
    type: 'new_terms',
    index: ['logs-endpoint.events.process*'],
    interval: 5 * MINUTE,
    window: 9 * MINUTE,
    newTerms: { fields: ['process.command_line', 'host.id', 'process.executable'], history: 7 * DAY },
    maxSignals: 100,
    timestampOverride: null,
    severity: 'medium',
    riskScore: 47,
    version: 1,
    deprecated: null,
  });
});

test.each([
  ['unusual-command-from-web-server-parent', ['T1505', 'T1505.003', 'T1059', 'T1059.004', 'T1071'], 6, 5, 7],
  ['unusual-child-execution-via-web-server', ['T1505', 'T1505.003', 'T1059', 'T1059.004', 'T1071', 'T1190'], 5, 2, 6],
])('%s names its techniques and carries its guide', (slug, techniques, investigate, falsePositive, respond) => {
  const { rule, guide } = find(slug);
  const named = rule.threats.flatMap((threat) =>
    threat.techniques.flatMap(({ id, subtechniques }) => [id, ...subtechniques.map((sub) => sub.id)]),
  );
  expect(named).toEqual(techniques);
  const count = (kind: string) => guide?.steps.filter((step) => step.kind === kind).length;
  expect([count('investigate'), count('false-positive'), count('respond')]).toEqual([
    investigate,
    falsePositive,
    respond,
  ]);
});

test('every rule has cases that must alert and cases that must not', () => {
  for (const { cases } of library.rules) {
    expect(cases.filter(({ alerts }) => alerts.length > 0).length).toBeGreaterThan(10);
    expect(cases.filter(({ alerts }) => alerts.length === 0).length).toBeGreaterThan(10);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  }
});
