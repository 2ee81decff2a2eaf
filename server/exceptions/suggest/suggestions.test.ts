import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeSelected } from '#server/alerts/change.ts';
import { raiseAlerts } from '#server/alerts/raise.ts';
import type { PreviewContext } from '#server/exceptions/preview-context.ts';
import { book, documentOf, event, range, runByRun, START, signal } from '#server/exceptions/testing/histories.ts';
import { replayRule } from '#server/rules/replay.ts';
import { NEW_CHILD, RARE_COMMAND, store as storeEvents } from '#server/rules/testing/rules.ts';
import { openState, type State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import type { Verdict } from '#shared/alert/alert.ts';
import { must } from '#shared/base/assert.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { suggestionsFor } from './suggestions.ts';

const author = { actor: 'ada', now: START };
const openEmpty = () => openReferenceStore({ catalogue: ECS_PROCESS });

/** Raises what the rule finds, and closes its alerts one after the other as it is told; null leaves one open. */
async function judged(state: State, store: EventStore, slug: string, verdicts: readonly (Verdict | null)[]) {
  const { rule } = book.get(slug);
  const compiled = book.compiled(slug);
  const { drafts } = await replayRule(store, must(compiled.ok ? compiled.value : null, slug), { range, signal });
  await state.transaction().execute((transaction) => raiseAlerts(transaction, author, rule, drafts));
  const rows = await state.selectFrom('alerts').select(['id', 'keysDigest']).orderBy('keysDigest').execute();
  const by = new Map<string, Verdict | null>();
  for (const [index, { id, keysDigest }] of rows.entries()) {
    const verdict = verdicts[index % verdicts.length] ?? null;
    by.set(keysDigest, verdict);
    if (verdict === null) continue;
    await changeSelected(state, author, { selection: { ids: [id] }, change: { status: 'closed', verdict } });
  }
  return by;
}

const contextOf = (state: State, store: EventStore): PreviewContext => ({
  state,
  store,
  rules: book,
  openEmpty,
  now: START,
  signal,
});

const fields = { 'process.executable': '/opt/tool' };
const sample = fc.tuple(
  event,
  fc.constantFrom('sh -c "ls /tmp/a1"', 'sh -c "ls /tmp/b22"', 'sh -c "ls /tmp/c3"', 'sh -c id'),
);
const verdict = fc.constantFrom<Verdict | null>('false-positive', 'false-positive', 'true-positive-impact', null);

test.each([RARE_COMMAND, NEW_CHILD])('a suggestion for %s covers what it says, and no true positive', async (slug) => {
  let suggested = 0;
  const check = async (found: Parameters<typeof documentOf>[0][], commands: string[], verdicts: (Verdict | null)[]) => {
    const [state, store] = [await openState(':memory:'), openEmpty()];
    const documents = found.map((one, index) =>
      Object.assign(documentOf(one, index), { 'process.command_line': commands[index] }, one.child ? fields : {}),
    );
    await storeEvents(store, documents);
    const by = await judged(state, store, slug, verdicts);
    const { suggestions, falsePositives } = await suggestionsFor(contextOf(state, store), slug, range);
    const before = await runByRun(store, slug, []);
    for (const { entries, covers, of, removed } of suggestions) {
      suggested += 1;
      const after = await runByRun(store, slug, [{ name: 'x', stage: 'event', entries }]);
      const gone = [...before.keys()].filter((keys) => !after.has(keys));
      const isOther = (keys: string): boolean => after.get(keys)?.events.size !== before.get(keys)?.events.size;
      expect(gone).toHaveLength(removed);
      expect(gone.filter((keys) => by.get(keys) === 'false-positive')).toHaveLength(covers);
      expect([...by].filter(([keys, one]) => one === 'true-positive-impact' && isOther(keys))).toEqual([]);
      expect(of).toBe(falsePositives);
    }
    await state.destroy();
    await store.close();
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(sample, { minLength: 4, maxLength: 14 }),
      fc.array(verdict, { minLength: 1, maxLength: 5 }),
      (samples, verdicts) =>
        check(
          samples.map(([one]) => one),
          samples.map(([, command]) => command),
          verdicts,
        ),
    ),
    { numRuns: 25 },
  );
  expect(suggested).toBeGreaterThan(0);
});

test('noisy groups are named, and what an exception in force hides is not suggested again', async () => {
  const [state, store] = [await openState(':memory:'), openEmpty()];
  const samples = Array.from({ length: 5 }, (_, minute) => ({
    ...{ minute, agent: `a${minute}`, user: '33', child: true },
    command: `tool /tmp/x${minute}`,
  }));
  await storeEvents(
    store,
    samples.map((one, index) => Object.assign(documentOf(one, index), fields)),
  );
  await judged(state, store, NEW_CHILD, ['false-positive']);
  const context = contextOf(state, store);
  const { suggestions, noisy } = await suggestionsFor(context, NEW_CHILD, range);
  expect(suggestions.map(({ name, reasons }) => [name, ...reasons])).toEqual([
    ['tool /tmp/*', 'Covers 5 of 5 false positives on 1 host, and no true positive.'],
  ]);
  expect(noisy).toMatchObject([{ shape: 'tool /tmp/<temp>', parent: '/usr/sbin/nginx', alerts: 5, falsePositives: 5 }]);
  const at = { createdAt: '', createdBy: '', updatedAt: '', updatedBy: '' };
  await state
    .insertInto('exceptions')
    .values({
      ...{ id: 'x', itemId: 'x', rule: NEW_CHILD, list: null, name: 'x', reason: 'x', stage: 'event' },
      ...{ osTypes: '[]', tags: '[]', comments: '[]', meta: null, cases: '[]', enabled: 1, expiresAt: null },
      ...{ origin: null, version: 1, ...at, entries: JSON.stringify(suggestions[0]?.entries) },
    })
    .execute();
  expect(await suggestionsFor(context, NEW_CHILD, range)).toMatchObject({ suggestions: [], falsePositives: 0 });
  await state.destroy();
  await store.close();
});
