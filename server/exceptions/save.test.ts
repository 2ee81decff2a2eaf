import fc from 'fast-check';
import { expect, test } from 'vitest';
import { undo } from '#server/alerts/change.ts';
import { raiseAlerts } from '#server/alerts/raise.ts';
import { replayRule } from '#server/rules/replay.ts';
import { NEW_CHILD, RARE_COMMAND, store as storeEvents } from '#server/rules/testing/rules.ts';
import { openState, type State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { must } from '#shared/base/assert.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { type AnyEntry, exceptionDraftSchema } from '#shared/exceptions/item.ts';
import { saveDraft } from './save.ts';
import { book, documentOf, entry, event, range, runByRun, type Sample, START, signal } from './testing/histories.ts';

const author = { actor: 'ada', now: START };
const RULES = [RARE_COMMAND, NEW_CHILD];

async function raiseAll(state: State, store: EventStore): Promise<void> {
  for (const slug of RULES) {
    const compiled = book.compiled(slug);
    const { drafts } = await replayRule(store, must(compiled.ok ? compiled.value : null, slug), { range, signal });
    await state.transaction().execute((transaction) => raiseAlerts(transaction, author, book.get(slug).rule, drafts));
  }
}

const alertsOf = (state: State) =>
  state.selectFrom('alerts').select(['id', 'rule', 'keysDigest', 'status', 'verdict']).orderBy('id').execute();

test.each(['event', 'result'] as const)(
  'applied to open alerts on %ss, it closes those it would have kept away, none of another rule, and that can be undone',
  async (stage) => {
    let closed = 0;
    const check = async (found: Sample[], entries: AnyEntry[]) => {
      const state = await openState(':memory:');
      const store = openReferenceStore({ catalogue: ECS_PROCESS });
      await storeEvents(store, found.map(documentOf));
      await raiseAll(state, store);
      const before = await alertsOf(state);
      const draft = exceptionDraftSchema.parse({
        ...{ rule: RARE_COMMAND, name: 'x', reason: 'x', stage, entries },
        ...{ enabled: true, expiresAt: null, origin: null },
      });
      const openEmpty = () => openReferenceStore({ catalogue: ECS_PROCESS });
      const context = { state, store, rules: book, openEmpty, now: START, signal, author };
      const saving = { why: '', override: 'a reason that is long enough', closeMatching: true };
      const saved = await saveDraft(context, draft, saving, null);
      const after = await alertsOf(state);
      const left = await runByRun(store, RARE_COMMAND, [{ name: 'x', stage, entries }]);
      for (const alert of after) {
        const gone = alert.rule === RARE_COMMAND && !left.has(alert.keysDigest);
        expect([alert.status, alert.verdict]).toEqual(gone ? ['closed', 'false-positive'] : ['open', null]);
      }
      expect(saved.closed).toBe(after.filter(({ status }) => status === 'closed').length);
      closed += saved.closed;
      if (saved.undo !== null) await undo(state, author, saved.undo);
      expect(await alertsOf(state)).toEqual(before);
      await state.destroy();
      await store.close();
    };
    const lone = entry.filter(({ type, field }) => type !== 'list' && (stage === 'event' || field !== 'agent.id'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 2, maxLength: 10 }),
        fc.array(lone, { minLength: 1, maxLength: 2 }),
        check,
      ),
      { numRuns: 10 },
    );
    expect(closed).toBeGreaterThan(0);
  },
);
