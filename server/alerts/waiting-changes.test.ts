import { afterEach, beforeEach, expect, test } from 'vitest';
import { openState, type State } from '#server/state/open-state.ts';
import { addRuleVersion } from './rule-versions.ts';
import { findWaitingChange, giveUpWaitingChange, keepWaitingChange } from './waiting-changes.ts';

const RULE = 'a-rule';
const CHANGES = { query: 'process.name:sh' };
const anna = { actor: 'anna', now: 0 };
const ben = { actor: 'ben', now: 1 };

let state: State;
beforeEach(async () => {
  state = await openState(':memory:');
  await state.transaction().execute((transaction) =>
    keepWaitingChange(transaction, anna, {
      ...{ rule: RULE, version: 0, why: '', override: '' },
      changes: CHANGES,
    }),
  );
});
afterEach(() => state.destroy());

const save = (author: typeof anna, changes: object) =>
  state
    .transaction()
    .execute((transaction) => addRuleVersion(transaction, author, { rule: RULE, since: 0, why: '', changes }));
const problem = async () => (await findWaitingChange(state, RULE))?.problem;

test('a change waits no longer when the rule is as it wants it', async () => {
  await save(anna, CHANGES);
  expect(await findWaitingChange(state, RULE)).toBeNull();
});

test('a change that somebody came before is not saved, and says so', async () => {
  await save(ben, { query: 'process.name:id' });
  expect(await problem()).toBe('ben has changed the rule since.');
});

test('what was said of a change that was not saved stays until who made it saves another', async () => {
  await giveUpWaitingChange(state, RULE, 'ben cancelled it.');
  await save(ben, { query: 'process.name:id' });
  expect(await problem()).toBe('ben cancelled it.');
  await state
    .transaction()
    .execute((transaction) => addRuleVersion(transaction, anna, { rule: RULE, since: 1, why: '', changes: {} }));
  expect(await findWaitingChange(state, RULE)).toBeNull();
});

test('only one change of a rule waits at a time', async () => {
  const again = state.transaction().execute((transaction) =>
    keepWaitingChange(transaction, ben, {
      ...{ rule: RULE, version: 0, why: '', override: '' },
      changes: null,
    }),
  );
  await expect(again).rejects.toThrow('A change of this rule by anna waits to be saved.');
});
