import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StoredDocument } from '#server/store/event-store.ts';
import { RECORDED, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.stop());

const auditLog = (): Promise<Buffer> => readFile(RECORDED.replace('.ecs.ndjson', '.audit.log'));

test('an auditd log is recognised, also packed, and what was skipped is said', async () => {
  const upload = await server.upload(gzipSync(await auditLog()), 'audit.log.gz');
  expect(upload).toMatchObject({ status: 'done', events: 213, rejected: 0, error: null });
  expect(upload.alertsRaised).toBeGreaterThan(0);
  expect(upload.notes.slice(0, 3)).toEqual([
    'Recognised as auditd log: 213 events',
    '26 records skipped: not a process record',
    '2 starts without a known parent',
  ]);
});

test('a line that cannot be mapped keeps its number and its text', async () => {
  const lines = (await auditLog()).toString('utf8').split('\n');
  const broken = ['', ...lines.slice(0, 40), 'who wrote this?', ...lines.slice(40)];
  const upload = await server.upload(broken.join('\n'), 'audit.log');
  expect(upload).toMatchObject({ events: 213, rejected: 1, records: 214 });
  const { body } = await server.json<{ rejects: StoredDocument[] }>(`/api/uploads/${upload.id}/rejects`);
  expect(body.rejects).toEqual([{ line: 42, reason: 'not an audit record', text: 'who wrote this?' }]);
});

test('a file that nobody recognises fails, and says what was tried and how it begins', async () => {
  const upload = await server.upload('user,login,host\nann,now,web1\n', 'logins.csv');
  expect(upload).toMatchObject({ status: 'failed', events: 0 });
  expect(upload.error).toContain('the first record begins "user,login,host"');
  expect(upload.error).toContain('auditd log');
});

test('a file that is no text is told apart', async () => {
  const upload = await server.upload(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]), 'holiday.jpg');
  expect(upload).toMatchObject({ status: 'failed', error: expect.stringMatching(/^This is no text/) });
});
