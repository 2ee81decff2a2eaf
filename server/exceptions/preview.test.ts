import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NEW_CHILD, RARE_COMMAND, shellEvent, store as storeEvents } from '#server/rules/testing/rules.ts';
import { openState } from '#server/state/open-state.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { compared } from '#server/tuning/difference.ts';
import { replayedAlerts } from '#server/tuning/replayed-alerts.ts';
import { formatInstant, MINUTE } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { type AnyEntry, exceptionDraftSchema } from '#shared/exceptions/item.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';
import { previewDraft } from './preview.ts';
import {
  book,
  documentOf,
  entry,
  event,
  lists,
  plain,
  range,
  rowsLeft,
  runByRun,
  type Sample,
  START,
  signal,
} from './testing/histories.ts';

const STORES: readonly (readonly [engine: string, runs: number, open: () => EventStore | Promise<EventStore>])[] = [
  ['the reference', 12, () => openReferenceStore({ catalogue: ECS_PROCESS })],
  ['DuckDB', 3, () => openDuckdbStore({ path: ':memory:', catalogue: ECS_PROCESS, memoryLimit: '256MB' })],
];
const CASES = [RARE_COMMAND, NEW_CHILD].flatMap((slug) => STORES.map((store) => [slug, ...store] as const));

test.each(CASES)(
  'a preview of %s is the difference of two histories, run by run, on %s',
  async (slug, _, numRuns, open) => {
    const samples = fc.array(event, { minLength: 1, maxLength: 12 });
    const entries = fc.array(entry, { minLength: 1, maxLength: 2 });
    const check = async (found: Sample[], asked: AnyEntry[]) => {
      const store = await open();
      await storeEvents(store, found.map(documentOf));
      const { rule } = book.get(slug);
      const exception: RuleException = { name: 'x', stage: 'event', entries: asked, lists };
      const before = await runByRun(store, slug, []);
      const after = await runByRun(store, slug, [exception]);
      const without = await replayedAlerts({ store, rule, exceptions: [], range, signal });
      const withDraft = await replayedAlerts({ store, rule, exceptions: [exception], range, signal });
      expect(plain(without)).toEqual(plain(before));
      expect(plain(withDraft)).toEqual(plain(after));
      const { removed, created, kept } = compared(without, withDraft, rule.newTerms !== null);
      expect(removed.map(([keys]) => keys).sort()).toEqual(
        [...before.keys()].filter((keys) => !after.has(keys)).sort(),
      );
      expect(created.map(([keys]) => keys).sort()).toEqual(
        [...after.keys()].filter((keys) => !before.has(keys)).sort(),
      );
      expect(removed.length + kept.length).toBe(before.size);
      await store.close();
    };
    await fc.assert(fc.asyncProperty(samples, entries, check), { numRuns });
  },
);

test.each(CASES)(
  'on results of %s, it takes away exactly the rows it holds for, on %s',
  async (slug, _, numRuns, open) => {
    const samples = fc.array(event, { minLength: 1, maxLength: 12 });
    const onRows = fc.array(
      entry.filter(({ field }) => field === 'process.command_line'),
      { minLength: 1, maxLength: 2 },
    );
    const check = async (found: Sample[], asked: AnyEntry[]) => {
      const store = await open();
      await storeEvents(store, found.map(documentOf));
      const { rule } = book.get(slug);
      const exception: RuleException = { name: 'x', stage: 'result', entries: asked, lists };
      const left = await replayedAlerts({ store, rule, exceptions: [exception], range, signal });
      expect(plain(left)).toEqual(plain(await rowsLeft(store, slug, asked)));
      await store.close();
    };
    await fc.assert(fc.asyncProperty(samples, onRows, check), { numRuns });
  },
);

test('an exception changes nothing outside its rules, and tells what it creates', async () => {
  const store = openReferenceStore({ catalogue: ECS_PROCESS });
  const state = await openState(':memory:');
  // Two hosts run it, so it is no rarity; without the first it is.
  const at = formatInstant(START + MINUTE);
  await storeEvents(store, [
    shellEvent('e1', at, { 'agent.id': 'a1', 'host.id': 'h1' }),
    shellEvent('e2', at, { 'agent.id': 'a2', 'host.id': 'h2' }),
  ]);
  const draft = exceptionDraftSchema.parse({
    ...{
      rule: RARE_COMMAND,
      name: 'one host',
      reason: 'its own',
      stage: 'event',
      enabled: true,
      expiresAt: null,
      origin: null,
    },
    entries: [{ type: 'match', field: 'agent.id', operator: 'included', value: 'a1' }],
  });
  const context = {
    state,
    store,
    rules: book,
    now: START,
    signal,
    openEmpty: () => openReferenceStore({ catalogue: ECS_PROCESS }),
  };
  const preview = await previewDraft(context, { draft, replaces: undefined, range });
  expect(preview).toMatchObject({ removed: 0, created: 1, matchedEvents: 1, ruleEvents: 2 });
  expect(preview.entries).toEqual([{ events: 1, alerts: 0 }]);
  expect(preview.diagnostics.map(({ code }) => code)).toContain('changes-counts');
  expect(preview.rules).toEqual([RARE_COMMAND]);
  await state.destroy();
  await store.close();
});
