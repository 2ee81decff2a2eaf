import { afterEach, beforeEach, expect, test } from 'vitest';
import { catalogueOf } from '#shared/event/field.ts';
import { openTestStore, type TestStore } from './test-store.ts';
import { dropUnusedTexts, readTexts } from './texts.ts';

let store: TestStore;
beforeEach(async () => {
  store = await openTestStore(catalogueOf([{ name: 'event.id', type: 'keyword' }]));
});
afterEach(() => store.close());

const record = (id: string) => JSON.stringify({ 'event.id': id, text: `${id} é ${'x'.repeat(1000)}` });
const file = (name: string, count: number) => Array.from({ length: count }, (_, index) => record(`${name}${index}`));

/** Texts of all events, in their order. */
async function texts(): Promise<readonly string[]> {
  const rows = await store.events();
  return readTexts(
    store.session,
    rows.map((row) => ({ batch: Number(row['batch']), place: Number(row['place']) })),
  );
}

const blocks = async () => Number((await store.session.rows('SELECT count(*) AS n FROM texts'))[0]?.['n']);

test('events lead to their texts, whatever stands between them and however many blocks there are', async () => {
  const lines = file('a', 3000);
  await store.append(`\ufeff${lines.join(' \r\n\n  {"broken\n')}`);
  await store.append(`${file('b', 3).join('\n')}\n${lines[7]}\n${record('c')}`);
  expect(await blocks()).toBeGreaterThan(5);
  expect(await texts()).toEqual([...lines, ...file('b', 3), record('c')]);
  expect(await readTexts(store.session, [{ batch: 9, place: 0 }])).toEqual(['']);
});

test('a file of which nothing is new leaves no texts', async () => {
  await store.append(record('a'));
  await store.append(record('a'));
  expect(await blocks()).toBe(1);
});

test('texts go when no event needs them any more', async () => {
  await store.append(file('a', 2000).join('\n'));
  await store.append(file('b', 2).join('\n'));
  const all = await blocks();
  await store.session.run('DELETE FROM events WHERE seq <= 1500');
  await dropUnusedTexts(store.session);
  expect(await blocks()).toBe(all - 5);
  expect(await texts()).toEqual([...file('a', 2000).slice(1500), ...file('b', 2)]);
  await store.session.run('DELETE FROM events');
  await dropUnusedTexts(store.session);
  expect(await blocks()).toBe(0);
});
