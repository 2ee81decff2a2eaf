import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { bulkBody, makeKey, processEvent, storedIds } from '../testing/senders.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer | undefined;
let folder: string | undefined;
afterEach(async () => {
  await server?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true });
  server = undefined;
  folder = undefined;
});

test('an address of its own takes events under any name, and shows nothing of the console', async () => {
  server = await startTestServer({ config: { ingest: { host: '127.0.0.1', port: 0, tls: null } } });
  const { encoded } = await makeKey(server);
  const headers = { authorization: `ApiKey ${encoded}` };
  const body = bulkBody([processEvent('own')]);
  expect((await fetch(`${server.ingestUrl}/logs/_bulk`, { method: 'POST', headers, body })).status).toBe(200);
  expect(await storedIds(server)).toEqual(['own']);
  for (const path of ['/', '/api/alerts', '/api/ingest-keys', '/index.html', '/assets/x.js']) {
    const { status } = await fetch(`${server.ingestUrl}${path}`, { headers: { accept: 'text/html' } });
    expect([path, status]).toEqual([path, 404]);
  }
  const fromPage = { ...headers, origin: server.ingestUrl };
  expect((await fetch(`${server.ingestUrl}/_bulk`, { method: 'POST', headers: fromPage, body })).status).toBe(403);
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl)
  process.stdout.write('Not tested: TLS of the address for events. There is no openssl to make a certificate.\n');

test.runIf(hasOpenssl)('it speaks TLS where it has a certificate', async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-tls-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  spawnSync('openssl', [...made, '-subj', '/CN=localhost', '-keyout', key, '-out', cert]);
  server = await startTestServer({ config: { ingest: { host: '127.0.0.1', port: 0, tls: { cert, key } } } });
  const { secret } = await makeKey(server);
  const { port } = new URL(server.ingestUrl);
  const ca = await readFile(cert);
  const status = await new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${secret}` };
    request({ host: '127.0.0.1', servername: 'localhost', port, path: '/_license', headers, ca }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect([server.ingestUrl.slice(0, 8), status]).toEqual(['https://', 200]);
});
