import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadRules } from '#server/rules/load.ts';
import { must } from '#shared/base/assert.ts';
import { HOUR, parseInstant } from '#shared/base/time.ts';
import { arbitraryDocument } from '#shared/evaluate/generate/documents.ts';
import { WEB_SERVER_VOCABULARY } from '#shared/evaluate/generate/vocabulary.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { openPair, type Pair } from './differential.ts';

const SEED = Number(process.env['ODDSPAWN_SEED'] ?? 20_261_121);
const DOCUMENTS = 10_000;

const from = must(parseInstant('2026-11-21T10:00:00Z'), 'instant');
const range = { from, to: from + 6 * HOUR };

let pair: Pair;
let rules: readonly CompiledRule[] = [];
beforeAll(async () => {
  const library = await loadRules('rules');
  expect(library.broken).toEqual([]);
  rules = library.rules.map(({ rule }) => {
    const compiled = compileRule(rule, ECS_PROCESS, []);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
    return compiled.value;
  });
  pair = await openPair(ECS_PROCESS);
  const document = arbitraryDocument(ECS_PROCESS, WEB_SERVER_VOCABULARY, range);
  await pair.append(fc.sample(document, { seed: SEED, numRuns: DOCUMENTS }));
});
afterAll(() => pair.close());

async function rowsAgree(plan: Plan): Promise<number> {
  const { equal, expected, actual } = await pair.compare(plan, range.to);
  if (!equal) expect(actual).toEqual(expected);
  return expected.rows.length;
}

test('both rules are here', () => {
  expect(rules.map(({ rule }) => rule.type).toSorted()).toEqual(['esql', 'new_terms']);
});

test('each rule passes the same events, some and not all', async () => {
  for (const { filter } of rules) {
    const passed = await rowsAgree({
      steps: [
        { kind: 'filter', where: filter },
        { kind: 'keep', columns: ['event.id'] },
      ],
    });
    expect(passed).toBeGreaterThan(10);
    expect(passed).toBeLessThan(DOCUMENTS / 2);
  }
});

test('each rule gives the same rows in one run and over all its runs', async () => {
  for (const { rule, plan } of rules) {
    const last = Math.ceil(range.to / rule.interval) * rule.interval;
    const first = Math.ceil(range.from / rule.interval) * rule.interval;
    await rowsAgree(plan({ first: last, last, interval: rule.interval }));
    expect(await rowsAgree(plan({ first, last, interval: rule.interval }))).toBeGreaterThan(0);
  }
});
