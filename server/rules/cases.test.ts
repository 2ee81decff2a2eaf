import { describe, expect, test } from 'vitest';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { runCases } from './cases.ts';
import { fieldsForRules } from './fields.ts';
import { compiled, NEW_CHILD, RARE_COMMAND, shellEvent, shippedRule } from './testing/rules.ts';

const ENGINES: Readonly<Record<string, (catalogue: FieldCatalogue) => Promise<EventStore>>> = {
  reference: async (catalogue) => openReferenceStore({ catalogue }),
  duckdb: (catalogue) => openDuckdbStore({ path: ':memory:', catalogue, keepText: false }),
};

describe.each(Object.keys(ENGINES))('%s', (engine) => {
  test.each([RARE_COMMAND, NEW_CHILD])(
    'every case of %s passes',
    async (slug) => {
      const { rule, cases } = await shippedRule(slug);
      const ready = compiled(rule);
      const store = await ENGINES[engine]?.(fieldsForRules([ready], ECS_PROCESS));
      if (!store) throw new Error(engine);
      const outcomes = await runCases(store, ready, cases);
      await store.close();
      expect(outcomes.filter(({ passed }) => !passed)).toEqual([]);
      expect(outcomes).toHaveLength(cases.length);
    },
    120_000,
  );
});

test('a case that goes wrong says what was found and what was expected', async () => {
  const { rule } = await shippedRule(RARE_COMMAND);
  const store = openReferenceStore({ catalogue: ECS_PROCESS });
  const events = [shellEvent('e1', '2026-03-01T09:30:00Z') as Record<string, unknown>];
  const at = '2026-03-01T10:00:00Z';
  const outcomes = await runCases(store, compiled(rule), [
    { name: 'wrong', because: '', at, events, alerts: [['e2']] },
    { name: 'no time', because: '', at: 'now', events, alerts: [['e1']] },
    { name: 'no event', because: '', at, events: [{ n: 1 }], alerts: [] },
  ]);
  expect(outcomes).toEqual([
    { name: 'wrong', passed: false, outcome: '1 alert: e1, expected 1 alert: e2' },
    { name: 'no time', passed: false, outcome: '"at" is no time: now' },
    { name: 'no event', passed: false, outcome: 'only 0 of 1 events can be stored' },
  ]);
});
