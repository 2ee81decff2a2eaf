import { afterEach, expect, test } from 'vitest';
import type { SourcesAnswer } from '#shared/api/sources.ts';
import { bulkBody, makeKey, processEvent, settled, storedIds, webShell } from './testing/senders.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** As Elastic Defend writes a short-lived process since 8.18: birth, image and death in one document. */
const merged = (id: string) => {
  const shell = webShell(id, 'sh');
  return {
    ...shell,
    event: { ...shell.event, type: ['start', 'end'], action: ['fork', 'exec', 'end'] },
    process: {
      ...shell.process,
      command_line: 'sh -c id',
      pid: 4211,
      entity_id: 'o1',
      exit_code: 0,
      parent: { ...shell.process.parent, pid: 4210, entity_id: 'p1' },
    },
  };
};
const parent = () => {
  const shell = webShell('parent', 'php-fpm8.2');
  return { ...shell, process: { ...shell.process, pid: 4210, entity_id: 'p1', parent: { name: 'systemd' } } };
};

async function opened() {
  server = await startTestServer();
  const { encoded } = await makeKey(server);
  const running = server;
  const send = async (documents: readonly object[], index = 'logs-endpoint', headers: Record<string, string> = {}) => {
    const body = bulkBody(documents);
    const sent = await fetch(`${running.url}/${index}/_bulk`, {
      method: 'POST',
      headers: { authorization: `ApiKey ${encoded}`, 'content-type': 'application/x-ndjson', ...headers },
      body,
    });
    expect(sent.status).toBe(200);
    await settled(running);
  };
  const sources = async () => (await running.json<SourcesAnswer>('/api/sources')).body;
  return { running, send, sources };
}

const now = (seconds = 0): string => new Date(Date.now() + seconds * 1000).toISOString();
const at = (id: string, time: string) => ({ ...processEvent(id), '@timestamp': time });

test('what arrivals tell: how late, clocks ahead and far behind, merged documents, and why records were refused', async () => {
  const { send, sources } = await opened();
  await send([at('a', now(-2)), at('b', now(-2)), at('c', now(3600)), at('d', now(-3 * 86_400))]);
  await send([{ ...merged('m'), '@timestamp': now(-2) }]);
  await send([{ event: { id: 'no-time' } }]);
  const { sources: list, waitingRecords } = await sources();
  expect(list).toHaveLength(1);
  expect(list[0]).toMatchObject({
    name: 'logs-endpoint',
    records: 6,
    events: 5,
    rejected: 1,
    splitMerged: false,
    arrivals: { sampled: 5, ahead: 1, old: 1, merged: 1 },
    lastReject: { reason: '@timestamp is missing' },
  });
  expect(list[0]?.arrivals.lateP50).toBeGreaterThanOrEqual(2000);
  expect(list[0]?.arrivals.lateP50).toBeLessThan(60_000);
  expect(list[0]?.series).toHaveLength(60);
  expect(list[0]?.series.reduce((sum, { records }) => sum + records, 0)).toBe(6);
  expect(waitingRecords).toBe(0);
});

test('merged documents of a stream are split once that is set, and rule 1 sees them', async () => {
  const { running, send, sources } = await opened();
  await send([parent(), merged('before')]);
  const coverage = async () => {
    const { body } = await running.json<{ all: { gaps: { rule: string; reason: string; unjudged: number }[] } }>(
      '/api/coverage',
    );
    return body.all.gaps.find(({ reason, unjudged }) => reason === 'event.action has several values' && unjudged > 0);
  };
  expect(await coverage()).toMatchObject({ rule: 'unusual-command-from-web-server-parent', unjudged: 1 });

  const id = (await sources()).sources[0]?.id ?? '';
  const changed = await running.send('PUT', `/api/sources/${id}/settings`, { splitMerged: true });
  expect(changed.status).toBe(200);
  expect((await sources()).sources[0]?.splitMerged).toBe(true);
  await send([merged('after'), merged('after')]);
  expect((await storedIds(running)).sort()).toEqual(['after', 'after#2', 'after#3', 'before', 'parent']);
  expect(await coverage()).toMatchObject({ unjudged: 1 });
  expect((await sources()).sources[0]).toMatchObject({ records: 4, events: 5, duplicates: 3 });

  const replay = await running.send('POST', '/api/replay', {
    from: '2026-11-21T09:00:00.000Z',
    to: '2026-11-21T12:00:00.000Z',
  });
  expect(replay.status).toBe(200);
  const { body } = await running.json<{ alerts: { id: string; rule: string }[] }>('/api/alerts');
  const rule1 = body.alerts.find(({ rule }) => rule === 'unusual-command-from-web-server-parent');
  const { body: of } = await running.json<{ events: { id: string }[] }>(`/api/alerts/${rule1?.id}/events`);
  expect(of.events.map((event) => event.id)).toEqual(['after#2']);
});

test('the tree of a split process is that of the merged one', async () => {
  const { running, send, sources } = await opened();
  await send([parent(), merged('one')]);
  const shapeOf = async (event: string) => {
    const { body } = await running.json<{ nodes: { id: string; parent: string | null; name: string }[] }>(
      `/api/events/${encodeURIComponent(event)}/tree`,
    );
    return body.nodes.map(({ id, parent, name }) => [id, parent, name]).sort();
  };
  const before = await shapeOf('one');
  expect(before.length).toBeGreaterThan(1);
  const id = (await sources()).sources[0]?.id ?? '';
  await running.send('PUT', `/api/sources/${id}/settings`, { splitMerged: true });
  await send([merged('two')]);
  expect(await shapeOf('two')).toEqual(before);
});

test('uploads are split by what they are recognised as', async () => {
  const { running, sources } = await opened();
  const text = (id: string): string => `${JSON.stringify(parent())}\n${JSON.stringify(merged(id))}\n`;
  await running.upload(text('first'));
  const [uploaded] = (await sources()).uploaded;
  expect(uploaded).toMatchObject({
    id: 'upload:elastic-defend-8.2',
    files: 1,
    records: 2,
    events: 2,
    splitMerged: false,
  });
  expect(
    (await running.send('PUT', '/api/sources/upload:elastic-defend-8.2/settings', { splitMerged: true })).status,
  ).toBe(200);
  const second = await running.upload(`${text('second')}{"event":{"id":"no-time"}}\n`);
  expect(second.notes.some((note) => note.includes('one event an action'))).toBe(true);
  expect((await storedIds(running)).filter((id) => id.startsWith('second')).sort()).toEqual([
    'second',
    'second#2',
    'second#3',
  ]);
  const { body } = await running.json<{ rejects: { line: number }[] }>(`/api/uploads/${second.id}/rejects`);
  expect(body.rejects.map(({ line }) => line)).toEqual([3]);
});

test('settings of a source that nobody knows are refused', async () => {
  const { running } = await opened();
  expect((await running.send('PUT', '/api/sources/nobody/settings', { splitMerged: true })).status).toBe(404);
});
