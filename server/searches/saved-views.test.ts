import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openState, type State } from '#server/state/open-state.ts';
import { insertView, readViews, removeView, updateView } from './saved-views.ts';

let folder: string;
let state: State;
const by = (actor: string) => ({ actor, now: Date.parse('2026-11-22T08:00:00Z') });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-views-'));
  state = await openState(join(folder, 'state.db'));
});
afterEach(async () => {
  await state.destroy();
  await rm(folder, { recursive: true });
});

const audit = () => state.selectFrom('activity').select(['actor', 'action', 'detail']).orderBy('id').execute();

test('what is shared is seen by all and on record, what is private is neither', async () => {
  await insertView(state, by('ada'), { name: 'Mine', shared: false, state: 'host=a' });
  const shared = await insertView(state, by('ada'), { name: 'Ours', shared: true, state: 'host=b' });
  expect((await readViews(state, 'ada')).map(({ name }) => name)).toEqual(['Mine', 'Ours']);
  expect((await readViews(state, 'bob')).map(({ name }) => name)).toEqual(['Ours']);
  await updateView(state, by('bob'), shared.id, { name: 'All of us', version: 1 });
  await expect(updateView(state, by('bob'), shared.id, { shared: false, version: 2 })).rejects.toThrow('Only ada');
  await removeView(state, by('bob'), shared.id);
  expect((await audit()).map(({ actor, action, detail }) => `${actor} ${action}: ${detail}`).sort()).toEqual([
    'ada saved: Ours',
    'bob changed: All of us, was “Ours”',
    'bob deleted: All of us',
  ]);
});
