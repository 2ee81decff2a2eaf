import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Alert } from '#shared/alert/alert.ts';
import type { Report } from '#shared/report/report.ts';
import { RECORDED, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let alerts: readonly Alert[];
beforeAll(async () => {
  server = await startTestServer();
  await server.upload(await readFile(RECORDED));
  alerts = (await server.json<{ alerts: Alert[] }>('/api/alerts?limit=3')).body.alerts;
});
afterAll(() => server.stop());

const report = (query: string): Promise<Response> => fetch(`${server.url}/api/report?${query}`);
const bundle = async (query: string): Promise<Report> =>
  (await (await report(`format=json&${query}`)).json()) as Report;
const first = (): Alert => {
  const [alert] = alerts;
  if (!alert) throw new Error('no alert');
  return alert;
};

test('the bundle of an alert has its story with the digests of records and query', async () => {
  const alert = first();
  const { body } = await server.json<{ events: { id: string }[] }>(`/api/alerts/${alert.id}/events`);
  const event = body.events[0]?.id ?? '';
  const { document } = (await server.json<{ document: string }>(`/api/events/${encodeURIComponent(event)}`)).body;
  const { guide } = (await server.json<{ guide: { steps: { id: string }[] } }>(`/api/alerts/${alert.id}/guide`)).body;
  await server.send('PUT', `/api/alerts/${alert.id}/guide/${guide.steps[0]?.id}`, {
    finding: 'suspicious',
    note: 'never seen here',
    evidence: [
      { event, summary: 'the command' },
      { event: 'gone', summary: 'deleted since' },
    ],
    version: 0,
  });
  const { alerts: told, timeline } = await bundle(`id=${alert.id}`);
  const [one] = told;
  const digest = createHash('sha256').update(document).digest('hex');
  expect(one?.evidence).toMatchObject([
    { event, record: document, sha256: digest },
    { event: 'gone', record: null, sha256: null, summary: 'deleted since' },
  ]);
  expect(one?.events[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(one?.rule?.querySha256).toBe(
    createHash('sha256')
      .update(one?.rule?.query ?? '')
      .digest('hex'),
  );
  expect(one?.findings[0]).toMatchObject({ finding: 'suspicious', note: 'never seen here', author: 'anna' });
  expect(one?.tree.text).toContain('◀ alert');
  expect(one?.explanation).not.toBeNull();
  expect(timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['event', 'raised', 'activity']));
});

test('it comes as a file, or as a page that may nothing', async () => {
  const file = await report(`format=markdown&id=${first().id}`);
  expect(file.headers.get('content-disposition')).toBe(`attachment; filename=alert-${first().id}.md`);
  expect(await file.text()).toContain('## Digests');
  const page = await report(`format=html&view=inline&id=${first().id}`);
  expect(page.headers.get('content-disposition')).toBeNull();
  const policy = page.headers.get('content-security-policy') ?? '';
  const html = await page.text();
  const style = createHash('sha256')
    .update(/<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '')
    .digest('base64');
  expect(policy).toContain(`default-src 'none'; style-src 'sha256-${style}'`);
  expect(policy).toContain('sandbox');
});

test('several alerts are one report, by id or by filter', async () => {
  const ids = alerts.map(({ id }) => `id=${id}`).join('&');
  const named = await bundle(`${ids}&asked=80`);
  expect(named.alerts.map(({ alert }) => alert.id)).toEqual(alerts.map(({ id }) => id));
  expect(named.alertsAsked).toBe(80);
  const { body } = await server.json<{ total: number }>('/api/alerts?status=open');
  const matching = await bundle(`status=open&except=${first().id}`);
  expect(matching.alertsAsked).toBe(body.total - 1);
  expect(matching.alerts.map(({ alert }) => alert.id)).not.toContain(first().id);
});

test('an alert that is not there, and a form that is not known, are refused', async () => {
  expect((await report('format=json&id=none')).status).toBe(404);
  expect((await report(`format=pdf&id=${first().id}`)).status).toBe(400);
});
