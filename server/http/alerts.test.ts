import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as z from 'zod';
import type { Alert } from '#shared/alert/alert.ts';
import type { AlertDetail, alertEvents, alertHistogram, groupAlerts, listAlerts } from '#shared/api/alerts.ts';
import type { Problem } from '#shared/api/endpoint.ts';
import type { ProcessTree } from '#shared/tree/process.ts';
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

const queue = async (query = ''): Promise<Queue> => (await server.json<Queue>(`/api/alerts?${query}`)).body;
const detail = async (id: string): Promise<AlertDetail> => (await server.json<AlertDetail>(`/api/alerts/${id}`)).body;
const change = (ids: string[], what: object) =>
  server.send<{ changed: number; undo: string }>('POST', '/api/alerts/changes', { selection: { ids }, change: what });
const undo = (token: string) => server.send<{ restored: number; skipped: number }>('POST', `/api/undo/${token}`, {});

async function first(): Promise<Alert> {
  const [alert] = (await queue()).alerts;
  if (!alert) throw new Error('no alert');
  return alert;
}

test('the queue pages without repeating or missing an alert', async () => {
  const { total } = await queue();
  expect(total).toBeGreaterThan(3);
  const pages = await Promise.all(
    Array.from({ length: total }, (_, offset) => queue(`sort=status&offset=${offset}&limit=1`)),
  );
  expect(new Set(pages.flatMap((page) => page.alerts.map((alert) => alert.id))).size).toBe(total);
});

test.each([
  'lastSeen',
  'firstSeen',
  'raisedAt',
  'eventCount',
  'ruleName',
  'commandLine',
  'host',
  'status',
  'occurrences',
])('the queue sorts by %s both ways', async (sort) => {
  const up = await queue(`sort=${sort}&direction=ascending`);
  const down = await queue(`sort=${sort}&direction=descending`);
  expect(up.alerts.map((alert) => alert.id)).toEqual(down.alerts.map((alert) => alert.id).toReversed());
});

test('filters narrow, their values widen', async () => {
  const all = await queue();
  const alert = await first();
  const shape = encodeURIComponent(alert.commandShape ?? '');
  const narrowed = await queue(`commandShape=${shape}&rule=${alert.rule}&status=open`);
  expect(narrowed.alerts.every((one) => one.commandShape === alert.commandShape && one.rule === alert.rule)).toBe(true);
  expect(narrowed.alerts.map((one) => one.id)).toContain(alert.id);
  expect((await queue('status=open&status=closed')).total).toBe(all.total);
  expect((await queue(`host=${alert.hosts[0]}`)).total).toBe(all.total);
  expect((await queue('host=other')).total).toBe(0);
  expect((await queue('to=1999-01-01')).total).toBe(0);
  expect((await queue('from=1999-01-01&to=2999-01-01')).total).toBe(all.total);
  expect((await server.json<Problem>('/api/alerts?from=yesterday')).body.code).toBe('invalid-request');
});

test('text is found in any letter case, and its wildcards are letters', async () => {
  const all = await queue();
  const word = (await first()).processName ?? '';
  expect((await queue(`text=${word.toUpperCase()}`)).total).toBeGreaterThan(0);
  expect((await queue('text=%25')).total).toBe(all.alerts.filter((alert) => alert.commandLine?.includes('%')).length);
  expect((await queue(`text=${word}%20nowhere-to-be-found`)).total).toBe(0);
});

const HOSTILE = [
  "' OR '1'='1",
  "x'; DROP TABLE alerts; --",
  '") UNION SELECT * FROM settings --',
  String.raw`\' OR 1=1 --`,
  "'||(SELECT group_concat(name) FROM sqlite_master)||'",
];
test.each(HOSTILE)('%s is a value like any other', async (text) => {
  const before = (await queue()).total;
  const value = encodeURIComponent(text);
  for (const member of ['text', 'host', 'user', 'rule', 'commandShape', 'parentExecutable']) {
    expect((await queue(`${member}=${value}`)).total).toBe(0);
    const groups = await server.json<Groups>(`/api/alerts/groups?by=host&${member}=${value}`);
    expect(groups.body).toEqual({ groups: [], total: 0 });
  }
  for (const member of ['sort', 'status', 'direction', 'offset']) {
    expect((await server.json(`/api/alerts?${member}=${value}`)).status).toBe(400);
  }
  expect((await queue()).total).toBe(before);
});

test.each(['commandShape', 'rule', 'host', 'parentExecutable', 'user', 'status', 'verdict'])(
  'groups by %s count every alert',
  async (by) => {
    const { body } = await server.json<Groups>(`/api/alerts/groups?by=${by}`);
    const { total } = await queue();
    expect(body.total).toBe(body.groups.length);
    expect(body.groups.reduce((sum, group) => sum + group.alerts, 0)).toBeGreaterThanOrEqual(total);
    expect(body.groups.every((group) => group.open <= group.alerts && group.hosts >= 1)).toBe(true);
  },
);

test('the histogram holds every alert once, in buckets without gaps', async () => {
  const { body } = await server.json<z.output<typeof alertHistogram.response>>('/api/alerts/histogram?buckets=20');
  const counts = body.buckets.flatMap((bucket) => Object.values(bucket.counts));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe((await queue()).total);
  const starts = body.buckets.map((bucket) => Date.parse(bucket.at));
  expect(starts.length).toBeLessThanOrEqual(20);
  expect(starts.slice(1).every((at, index) => at - (starts[index] ?? 0) === body.bucketMs)).toBe(true);
});

test('an alert says why it fired, and shows its events and their tree', async () => {
  const alert = await first();
  const { why, explanation, occurrences, prevalence, activity } = await detail(alert.id);
  expect(why).toMatch(/\.$/);
  expect(explanation?.outcome).toBe('pass');
  expect(occurrences).toHaveLength(alert.occurrences);
  expect(prevalence).toMatchObject({ totalHosts: 1, commandHosts: 1 });
  expect(activity[0]).toMatchObject({ actor: 'oddspawn', action: 'raised' });
  const events = await server.json<z.output<typeof alertEvents.response>>(`/api/alerts/${alert.id}/events`);
  expect(events.body).toMatchObject({ total: alert.eventCount, missing: 0 });
  expect(events.body.events[0]?.commandLine).toBe(alert.commandLine);
  const tree = await server.json<ProcessTree>(`/api/alerts/${alert.id}/tree`);
  const subject = tree.body.nodes.find((node) => node.subject);
  expect(subject?.alerts.map((marked) => marked.id)).toContain(alert.id);
});

test('closing with a verdict is logged, and undone where nothing has changed since', async () => {
  const alert = await first();
  const closed = await change([alert.id], { status: 'closed', verdict: 'benign', note: 'a deploy' });
  expect(closed.body.changed).toBe(1);
  const after = await detail(alert.id);
  expect(after.alert).toMatchObject({ status: 'closed', verdict: 'benign' });
  expect(after.notes).toMatchObject([{ author: 'anna', text: 'a deploy' }]);
  expect(after.activity.at(-2)).toMatchObject({ actor: 'anna', action: 'status', detail: 'open → closed (benign)' });
  expect((await undo(closed.body.undo)).body).toEqual({ restored: 1, skipped: 0 });
  const restored = await detail(alert.id);
  expect(restored.alert).toMatchObject({ status: 'open', verdict: null });
  expect(restored.notes).toEqual([]);
  expect(restored.activity.at(-1)).toMatchObject({ action: 'undo' });
  expect((await undo(closed.body.undo)).status).toBe(404);
});

test('undo leaves alone what somebody has changed since', async () => {
  const [one, other] = (await queue()).alerts.map((alert) => alert.id);
  if (!one || !other) throw new Error('two alerts are needed');
  const both = await change([one, other], { status: 'acknowledged' });
  await change([other], { assignee: 'berta' });
  expect((await undo(both.body.undo)).body).toEqual({ restored: 1, skipped: 1 });
  expect((await detail(other)).alert).toMatchObject({ status: 'acknowledged', assignee: 'berta' });
  await change([other], { status: 'open', assignee: null });
});

test('an undo runs out after ten minutes', async () => {
  const { id } = await first();
  const { body } = await change([id], { assignee: 'anna' });
  now += 11 * 60_000;
  expect((await undo(body.undo)).status).toBe(404);
  expect((await detail(id)).alert.assignee).toBe('anna');
  await change([id], { assignee: null });
});

test('only a closed alert has a verdict, and reopening clears it', async () => {
  const { id } = await first();
  expect((await change([id], { verdict: 'benign' })).status).toBe(400);
  expect((await change([id], { status: 'open', verdict: 'benign' })).status).toBe(400);
  expect((await change([id], {})).status).toBe(400);
  await change([id], { status: 'closed', verdict: 'false-positive' });
  await change([id], { status: 'open' });
  const { alert, activity } = await detail(id);
  expect(alert).toMatchObject({ status: 'open', verdict: null });
  expect(activity.map((entry) => entry.detail)).toContain('closed (false-positive) → open');
});

test('all that a filter meets, except some, change at once', async () => {
  const { alerts, total } = await queue('limit=500');
  const [spared] = alerts;
  const selection = { filter: { text: '' }, except: [spared?.id] };
  const { body } = await server.send<{ changed: number; undo: string }>('POST', '/api/alerts/changes', {
    selection,
    change: { status: 'closed', verdict: 'duplicate' },
  });
  expect(body.changed).toBe(total - 1);
  expect((await queue()).counts).toEqual({ open: 1, acknowledged: 0, stale: 0, closed: total - 1 });
  await undo(body.undo);
  expect((await queue()).counts.open).toBe(total);
});

test('a replay over the same events raises nothing, neither for open nor for closed alerts', async () => {
  const { total, alerts } = await queue('limit=500');
  const closed = await change([alerts[0]?.id ?? ''], { status: 'closed', verdict: 'benign' });
  const { body } = await server.send<{ runs: { alertsRaised: number; alertsRecurred: number; status: string }[] }>(
    'POST',
    '/api/replay',
    {},
  );
  expect(body.runs).toHaveLength(2);
  expect(body.runs.every((run) => run.status === 'succeeded')).toBe(true);
  expect(body.runs.map((run) => run.alertsRaised + run.alertsRecurred)).toEqual([0, 0]);
  expect((await queue()).total).toBe(total);
  await undo(closed.body.undo);
});
