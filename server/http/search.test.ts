import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SavedSearch, SearchColumn, SearchRow } from '#shared/api/search.ts';
import { RECORDED, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await server.upload(await readFile(RECORDED));
});
afterAll(() => server.stop());

interface Found {
  readonly columns: readonly SearchColumn[];
  readonly rows: readonly SearchRow[];
  readonly total: number;
  readonly completeness: string;
  readonly warnings: readonly { readonly message: string; readonly rows: number }[];
  readonly histogram: readonly { readonly count: number }[];
}

const paramsOf = (members: Readonly<Record<string, string | readonly string[]>>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(members).flatMap(([name, value]) => [value].flat().map((item): [string, string] => [name, item])),
  );
const search = (members: Parameters<typeof paramsOf>[0]) => server.json<Found>(`/api/search?${paramsOf(members)}`);

test('KQL lists events with the columns asked for, newest first, and counts them over time', async () => {
  const columns = ['process.name', 'process.args', 'no.such.field', '@timestamp'];
  const { body } = await search({ query: 'event.action: exec', columns, limit: '3' });
  expect(body.columns).toEqual([
    { name: 'process.name', type: 'string' },
    { name: 'process.args', type: 'string' },
    { name: '@timestamp', type: 'datetime' },
  ]);
  expect(body.total).toBe(69);
  expect(body.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(69);
  expect(body.rows).toHaveLength(3);
  const times = body.rows.map(({ cells }) => String(cells[2]));
  expect(times).toEqual([...times].sort().reverse());
  expect(times[0]).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  const next = await search({ query: 'event.action: exec', columns, limit: '2', offset: '1' });
  expect(next.body.rows[0]?.id).toBe(body.rows[1]?.id);
  expect((await server.json(`/api/events/${body.rows[0]?.id}`)).status).toBe(200);
});

test('ES|QL gives the columns and rows it says, within the range of time', async () => {
  const query =
    'FROM x | WHERE event.action == "exec" | STATS n = COUNT(*), pids = VALUES(process.pid) BY process.name | SORT n DESC | LIMIT 2';
  const { body } = await search({ language: 'esql', query });
  expect(body.columns).toEqual([
    { name: 'n', type: 'long' },
    { name: 'pids', type: 'long' },
    { name: 'process.name', type: 'string' },
  ]);
  expect(body.rows).toHaveLength(2);
  expect(body.rows[0]?.id).toBeNull();
  expect(Array.isArray(body.rows[0]?.cells[1])).toBe(true);
  expect(body.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(69);
  const none = await search({ language: 'esql', query, from: '2031-01-01T00:00:00Z' });
  expect(none.body.rows).toEqual([]);
});

test('a limit that the query does not set is said', async () => {
  const many = 'FROM x | EVAL a = process.args, b = process.args | MV_EXPAND process.args | MV_EXPAND a | MV_EXPAND b';
  const cut = await search({ language: 'esql', query: many, limit: '1' });
  expect(cut.body).toMatchObject({ completeness: 'truncated', total: 1000 });
  const own = await search({ language: 'esql', query: `${many} | LIMIT 5` });
  expect(own.body).toMatchObject({ completeness: 'complete', total: 5 });
});

test('rows of ES|QL that are events open, whatever the query calls its columns', async () => {
  const query = 'FROM x | EVAL event.id = "run1-0001" | KEEP event.id | LIMIT 3';
  const { body } = await search({ language: 'esql', query });
  expect(new Set(body.rows.map(({ id }) => id)).size).toBe(3);
});

test('what evaluation made null is said', async () => {
  const query = 'FROM x | EVAL head = SUBSTRING(process.args, 1, 1) | WHERE head == "-" | LIMIT 5';
  const { body } = await search({ language: 'esql', query });
  expect(body.warnings[0]?.rows).toBeGreaterThan(0);
});

test('a query that cannot be read is refused with its place', async () => {
  const refused = await server.json('/api/search?language=esql&query=FROM%20x%20%7C%20WHERE%20nope%20%3D%3D%201');
  expect(refused).toMatchObject({ status: 400, body: { code: 'invalid-query', message: /line 1:16: Unknown column/ } });
});

test('an export holds everything: records as they came, or columns guarded against formulas', async () => {
  const get = async (members: Parameters<typeof paramsOf>[0]) => {
    const response = await fetch(`${server.url}/api/search/export?${paramsOf(members)}`);
    return { response, text: await response.text() };
  };
  const records = await get({ query: 'event.action: exec', format: 'ndjson' });
  expect(records.text.trimEnd().split('\n')).toHaveLength(69);
  expect(JSON.parse(records.text.split('\n')[0] ?? '')).toHaveProperty('process');
  expect(records.response.headers.get('content-disposition')).toBe('attachment; filename=events.ndjson');
  expect(records.response.headers.get('x-oddspawn-cut')).toBe('false');
  const query = 'FROM x | EVAL formula = CONCAT("=", process.name) | KEEP formula | LIMIT 1';
  const table = await get({ language: 'esql', query, format: 'csv' });
  expect(table.text).toMatch(/^formula\r\n'=\w/);
  expect(table.response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(table.response.headers.get('content-disposition')).toBe('attachment; filename=rows.csv');
  expect((await get({ query: '(', format: 'csv' })).response.status).toBe(400);
});

test('searches are kept, renamed and removed', async () => {
  const draft = {
    name: ' Shells ',
    language: 'kql',
    query: 'process.name: sh',
    columns: ['user.name'],
    from: null,
    to: null,
  };
  const { body: saved } = await server.send<SavedSearch>('POST', '/api/searches', draft);
  expect(saved).toMatchObject({ ...draft, name: 'Shells', createdBy: 'anna' });
  await server.send('PATCH', `/api/searches/${saved.id}`, { name: 'All shells' });
  const listed = await server.json<{ searches: readonly SavedSearch[] }>('/api/searches');
  expect(listed.body.searches).toEqual([{ ...saved, name: 'All shells' }]);
  expect((await server.json(`/api/searches/${saved.id}`, { method: 'DELETE' })).status).toBe(200);
  expect((await server.send('PATCH', `/api/searches/${saved.id}`, { name: 'x' })).status).toBe(404);
  expect((await server.send('POST', '/api/searches', { ...draft, name: ' ' })).status).toBe(400);
});
