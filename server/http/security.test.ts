import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '#shared/api/endpoint.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const PAGE =
  '<meta nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style><meta name="live-position" content="__LIVE_POSITION__">';

let server: TestServer;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'oddspawn-root-'));
  await symlink(join(ROOT, 'rules'), join(root, 'rules'));
  await symlink(join(ROOT, 'package.json'), join(root, 'package.json'));
  await mkdir(join(root, '.build/client/assets'), { recursive: true });
  await writeFile(join(root, '.build/client/index.html'), PAGE);
  await writeFile(join(root, '.build/client/assets/app-1a2b.js'), 'export {}');
  server = await startTestServer({ config: { root } });
});
afterAll(async () => {
  await server.stop();
  await rm(root, { recursive: true });
});

/** A request with exactly these headers, as `fetch` would not send them. */
function raw(headers: Record<string, string>, method = 'GET', path = '/api/status'): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: port(), path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

const port = (): string => new URL(server.url).port;

test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('it answers as %s', async (name) => {
  expect(await raw({ host: `${name}:${port()}` })).toBe(200);
});

test.each([
  'evil.example:PORT',
  '127.0.0.1',
  '127.0.0.1:1',
  'localhost.evil.example:PORT',
  'localhost:PORT@evil.example',
])('it does not answer as %s', async (host) => {
  expect(await raw({ host: host.replace('PORT', port()) })).toBe(421);
  expect(await raw({ host: host.replace('PORT', port()) }, 'GET', '/')).toBe(421);
});

const CHANGE = '/api/samples/none';
test.each<[string, Record<string, string>, number]>([
  ['a page of ours', { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:PORT' }, 404],
  ['a page of ours in an older browser', { origin: 'http://127.0.0.1:PORT' }, 404],
  ['a program', {}, 404],
  ['a page of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
  ['a page of another port', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' }, 403],
  ['an address typed', { 'sec-fetch-site': 'none' }, 403],
  ['another site in an older browser', { origin: 'https://evil.example' }, 403],
  ['a sandboxed frame', { origin: 'null' }, 403],
])('a change from %s', async (_sender, headers, status) => {
  const filled = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', port())]),
  );
  expect(await raw({ host: `127.0.0.1:${port()}`, ...filled }, 'POST', CHANGE)).toBe(status);
});

test('an upload from another site is refused before a byte is read', async () => {
  const headers = { host: `127.0.0.1:${port()}`, 'sec-fetch-site': 'cross-site' };
  expect(await raw(headers, 'POST', '/api/uploads?name=x')).toBe(403);
  expect((await server.json('/api/uploads')).body).toEqual({ uploads: [] });
});

test('the page carries the nonce of its own policy, and a new one each time', async () => {
  const paths = ['/alerts/some-id', '/index.html'];
  const [first, second] = await Promise.all(paths.map((path) => fetch(`${server.url}${path}`)));
  if (!first || !second) throw new Error('no answer');
  const policy = first.headers.get('content-security-policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
  expect(policy.split(';').toSorted()).toEqual(
    [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "connect-src 'self'",
      "font-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ].toSorted(),
  );
  expect(await first.text()).toContain(`<meta nonce="${nonce}"><style nonce="${nonce}">`);
  const other = await second.text();
  expect(other).toMatch(/^<meta nonce="[\w+/=]+">/);
  expect(other).not.toContain(nonce);
  expect(first.headers.get('cache-control')).toBe('no-store');
});

test('what changed since the page was made can be asked for', async () => {
  const page = await (await fetch(`${server.url}/alerts`)).text();
  const position = /content="([^"]+)"/.exec(page)?.[1];
  const changed = async () => (await server.json<{ topics: string[] }>(`/api/changes?since=${position}`)).body.topics;
  expect(await changed()).not.toContain('views');
  await server.send('POST', '/api/views', { name: 'mine', shared: false, state: '' });
  expect(await changed()).toContain('views');
});

test('nothing names the software, and nothing is guessed', async () => {
  const { headers } = await fetch(`${server.url}/api/status`);
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
});

test('assets never change; a missing one is no page', async () => {
  const asset = await fetch(`${server.url}/assets/app-1a2b.js`);
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await fetch(`${server.url}/assets/app-9z.js`)).status).toBe(404);
  expect(await raw({ host: `127.0.0.1:${port()}` }, 'GET', '/assets/../../../package.json')).toBe(404);
});

test('an unknown address of the interface is a problem, not a page', async () => {
  const { status, body } = await server.json<Problem>('/api/nothing');
  expect([status, body.code]).toEqual([404, 'not-found']);
  expect((await server.json<Problem>('/api/alerts/none')).status).toBe(404);
});

test('what does not fit the schema is named', async () => {
  const { status, body } = await server.json<Problem>('/api/alerts?limit=100000&sort=colour');
  expect([status, body.code]).toEqual([400, 'invalid-request']);
  expect(body.details?.map((detail) => detail.path)).toEqual(['query.sort', 'query.limit']);
});

test.each<[string, string, number, string]>([
  ['too large', JSON.stringify({ note: 'x'.repeat(1_100_000) }), 413, 'too-large'],
  ['no JSON', '{"selection":', 400, 'invalid-request'],
])('a body that is %s', async (_what, body, status, code) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await server.json<Problem>('/api/alerts/changes', { method: 'POST', headers, body });
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test('the interface describes itself', async () => {
  const { body } = await server.json<{ openapi: string; paths: Record<string, Record<string, unknown>> }>(
    '/api/openapi.json',
  );
  expect(body.openapi).toBe('3.1.0');
  expect(body.paths['/api/alerts/{id}']?.['get']).toMatchObject({
    parameters: [{ name: 'id', in: 'path', required: true }],
    responses: { 200: { content: { 'application/json': { schema: { type: 'object' } } } } },
  });
  expect(Object.keys(body.paths['/api/uploads'] ?? {}).toSorted()).toEqual(['get', 'post']);
  expect(Object.keys(body.paths['/api/ingest'] ?? {}).toSorted()).toEqual(['get', 'post']);
  for (const path of ['/_bulk', '/{index}/_bulk', '/api/ingest']) {
    expect(body.paths[path]?.['post']).toMatchObject({ security: expect.arrayContaining([{ ingestKey: [] }]) });
  }
  expect(body.paths['/api/alerts']?.['get']).toMatchObject({
    parameters: expect.arrayContaining([expect.objectContaining({ name: 'limit', in: 'query', required: false })]),
  });
});
