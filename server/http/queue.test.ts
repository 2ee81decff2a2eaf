import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as z from 'zod';
import { ALERT_SORTS, type groupAlerts, type listAlerts, type RelatedAlerts } from '#shared/api/alerts.ts';
import type { SavedView } from '#shared/api/views.ts';
import { RECORDED, startTestServer, type TestServer } from './testing/test-server.ts';

type Queue = z.output<typeof listAlerts.response>;
type Groups = z.output<typeof groupAlerts.response>;

let server: TestServer;
let now = Date.parse('2026-11-21T12:00:00Z');
beforeAll(async () => {
  server = await startTestServer({ surroundings: { clock: () => ++now } });
  await server.upload(await readFile(RECORDED));
});
afterAll(() => server.stop());

const queue = async (members: Record<string, string | string[]> = {}): Promise<Queue> => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) for (const item of [value].flat()) search.append(name, item);
  return (await server.json<Queue>(`/api/alerts?${search}`)).body;
};
const groups = async (query: string): Promise<Groups> =>
  (await server.json<Groups>(`/api/alerts/groups?${query}`)).body;
const change = (selection: object, what: object) =>
  server.send<{ changed: number; undo: string }>('POST', '/api/alerts/changes', { selection, change: what });

test.each(ALERT_SORTS)('a sort by %s is the same backwards', async (sort) => {
  const up = await queue({ sort, direction: 'ascending' });
  const down = await queue({ sort, direction: 'descending' });
  expect(up.alerts.map(({ id }) => id)).toEqual(down.alerts.map(({ id }) => id).toReversed());
});

test('a condition and its negation share the queue between them, whatever the property', async () => {
  const { total, alerts } = await queue();
  const [first] = alerts;
  const conditions = [
    `commandLine:${first?.commandLine}`,
    `user:${first?.users[0]}`,
    'host:nowhere',
    'assignee:',
    'tag:',
  ];
  for (const condition of conditions) {
    const [only, not] = [await queue({ only: condition }), await queue({ not: condition })];
    expect(only.total + not.total).toBe(total);
  }
  expect((await queue({ only: 'assignee:' })).total).toBe(total);
  const both = await queue({ only: [`rule:${first?.rule}`, `commandLine:${first?.commandLine}`] });
  expect(both.alerts.map(({ id }) => id)).toContain(first?.id);
  expect((await server.json('/api/alerts?only=colour:red')).status).toBe(400);
});

test('the sizes of groups are what their condition finds', async () => {
  for (const by of ['parentExecutable', 'user', 'tag', 'commandShape', 'severity']) {
    const { groups: found } = await groups(`by=${by}&order=rarest`);
    for (const { value, alerts } of found.slice(0, 3)) {
      expect((await queue({ only: `${by}:${value ?? ''}` })).total).toBe(alerts);
    }
  }
});

test('tags are added and removed in bulk, found, counted and taken back', async () => {
  const { alerts, total } = await queue();
  const two = alerts.slice(0, 2).map(({ id }) => id);
  await change({ ids: two }, { addTags: ['webshell', 'case 7'] });
  const again = await change({ ids: two }, { addTags: ['webshell'] });
  expect(again.body.changed).toBe(0);
  const found = await queue({ tag: 'webshell' });
  expect(found.alerts.map(({ tags }) => tags)).toEqual([
    ['case 7', 'webshell'],
    ['case 7', 'webshell'],
  ]);
  const removed = await change({ filter: {}, except: [] }, { removeTags: ['case 7'] });
  expect(removed.body.changed).toBe(2);
  expect((await groups('by=tag')).groups.map(({ value, alerts: count }) => [value, count])).toEqual([
    [null, total - 2],
    ['webshell', 2],
  ]);
  await server.send('POST', `/api/undo/${removed.body.undo}`, {});
  expect((await queue({ tag: 'case 7' })).total).toBe(2);
  expect((await change({ ids: two }, { addTags: ['a,b'] })).status).toBe(400);
});

test('a group of closed alerts says how they were closed', async () => {
  const [alert] = (await queue()).alerts;
  const closed = await change({ ids: [alert?.id] }, { status: 'closed', verdict: 'benign', note: 'nightly job' });
  const group = (await groups('by=rule')).groups.find(({ value }) => value === alert?.rule);
  expect(group?.verdicts).toEqual({ benign: 1 });
  expect(group?.firstSeen && group.firstSeen <= group.lastSeen).toBe(true);
  await server.send('POST', `/api/undo/${closed.body.undo}`, {});
});

test('what is related says how, nothing twice and never itself', async () => {
  const relations = new Set<string>();
  for (const { id } of (await queue()).alerts) {
    const { earlier, related } = (await server.json<RelatedAlerts>(`/api/alerts/${id}/related`)).body;
    const ids = [...earlier, ...related].map((other) => other.alert.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(id);
    for (const { relation } of related) relations.add(relation);
  }
  expect([...relations]).toEqual(expect.arrayContaining(['same process tree', 'same host']));
});

test('views are kept, shared, chosen, guarded by their version and removed', async () => {
  const draft = { name: 'Web servers', shared: true, state: 'host=shop4' };
  const { body: view } = await server.send<SavedView>('POST', '/api/views', draft);
  const own = await server.send<SavedView>('POST', '/api/views', { ...draft, name: 'Mine', shared: false });
  const path = `/api/views/${view.id}`;
  const renamed = await server.send<SavedView>('PATCH', path, { name: 'Shops', version: view.version });
  expect(renamed.body).toMatchObject({ name: 'Shops', state: 'host=shop4', version: 2 });
  expect((await server.send('PATCH', path, { name: 'Late', version: view.version })).status).toBe(409);
  await server.send('PUT', `${path}/choice`, { pinned: true });
  await server.send('PUT', `${path}/choice`, { isDefault: true });
  await server.send('PUT', `/api/views/${own.body.id}/choice`, { isDefault: true });
  const { views } = (await server.json<{ views: SavedView[] }>('/api/views')).body;
  expect(views.map(({ name, pinned, isDefault }) => [name, pinned, isDefault])).toEqual([
    ['Mine', false, true],
    ['Shops', true, false],
  ]);
  expect((await server.send('DELETE', path, {})).status).toBe(200);
  expect((await server.send('DELETE', path, {})).status).toBe(404);
});
