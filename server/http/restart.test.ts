import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { countsSchema, writeCounts } from '#server/ingest/uploads/upload-counts.ts';
import { readUpload } from '#server/ingest/uploads/upload-records.ts';
import { openState } from '#server/state/open-state.ts';
import type { Alert } from '#shared/alert/alert.ts';
import type { Upload } from '#shared/api/uploads.ts';
import { RECORDED, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.stop());

const status = async () => (await server.json<{ events: number }>('/api/status')).body;
const alerts = async () => (await server.json<{ alerts: Alert[] }>('/api/alerts?sort=firstSeen')).body.alerts;

test('everything that was done is there after a restart', async () => {
  const upload = await server.upload(await readFile(RECORDED));
  const [alert] = await alerts();
  const change = { status: 'closed', verdict: 'benign', note: 'known' };
  await server.send('POST', '/api/alerts/changes', { selection: { ids: [alert?.id] }, change });
  await server.send('PATCH', `/api/rules/${alert?.rule}`, { enabled: false });
  const paths = ['/api/alerts', `/api/alerts/${alert?.id}`, `/api/uploads/${upload.id}`, '/api/rules', '/api/status'];
  const read = () => Promise.all(paths.map(async (path) => (await server.json(path)).body));
  const before = await read();
  server = await server.restart();
  expect(await read()).toEqual(before);
});

test('nothing is left in the spool, also not by a kill right at the end', async () => {
  await server.upload(await readFile(RECORDED));
  await server.stopKeeping();
  // Its files go behind the answer.
  await expect.poll(() => readdir(join(server.dataFolder, 'spool'))).toEqual([]);
  await server.putFile('spool/orphan', Buffer.from('{}'));
  server = await server.restart();
  expect(await readdir(join(server.dataFolder, 'spool'))).toEqual([]);
});

/** Puts the records into the state that a process leaves that was killed at this point. */
async function killedWhile(uploadStatus: string, spooled: boolean): Promise<Upload> {
  const content = await readFile(RECORDED);
  const upload = await server.upload(content);
  await server.stopKeeping();
  const state = await openState(join(server.dataFolder, 'state.db'));
  await state.updateTable('uploads').set({ status: uploadStatus, finishedAt: null }).execute();
  await state.deleteFrom('alerts').execute();
  await state.destroy();
  if (spooled) await server.putFile(join('spool', upload.id), content);
  server = await server.restart();
  return server.ended(upload.id);
}

test('a kill between the commit of its events and their count takes nothing out again', async () => {
  const lines = `${(await readFile(RECORDED, 'utf8')).trimEnd()}\nno record\n`;
  const upload = await server.upload(Buffer.from(lines));
  await server.stopKeeping();
  const state = await openState(join(server.dataFolder, 'state.db'));
  const row = await readUpload(state, upload.id);
  const counts = { records: 214, events: 213, rejected: 1, duplicates: 0, window: upload.window };
  const uncounted = { status: 'loading', records: 0, events: 0, rejected: 0, windowFrom: null, windowTo: null };
  await state
    .updateTable('uploads')
    .set({ ...uncounted, finishedAt: null })
    .execute();
  await state.destroy();
  // What was sent cannot be read any more: nothing could be loaded again.
  await server.putFile(`spool/${upload.id}`, Buffer.from('\x1f\x8b no gzip'));
  await writeCounts(join(server.dataFolder, 'spool', `${upload.id}.counts`), countsSchema.parse(row));
  server = await server.restart();
  expect(await server.ended(upload.id)).toMatchObject({ ...counts, status: 'done', error: null });
  expect((await status()).events).toBe(213);
  expect((await alerts()).length).toBe(upload.alertsRaised);
  // Its files go when it is written down that it is done.
  await vi.waitFor(async () => expect(await readdir(join(server.dataFolder, 'spool'))).toEqual([]), 10_000);
});

test.each(['loading', 'evaluating'])('a kill while %s is made good', async (at) => {
  const upload = await killedWhile(at, true);
  expect(upload).toMatchObject({ status: 'done', events: 213, duplicates: 0, rejected: 0 });
  expect((await status()).events).toBe(213);
  expect((await alerts()).length).toBe(upload.alertsRaised);
});

test('a kill while receiving is reported, and nothing of the file stays', async () => {
  const upload = await killedWhile('receiving', false);
  expect(upload).toMatchObject({ status: 'failed', error: expect.stringContaining('before the file was received') });
  expect((await status()).events).toBe(0);
  expect(existsSync(join(server.dataFolder, 'spool', upload.id))).toBe(false);
});

test('a second process on the same folder is refused in one line', async () => {
  await expect(server.startSecond()).rejects.toThrow(
    new RegExp(
      `^Another Oddspawn \\(process ${process.pid}\\) is already running on /.+\\. End it, or set ODDSPAWN_DATA to another folder\\.$`,
    ),
  );
  expect((await status()).events).toBe(0);
});

test('the demo is loaded into an empty folder only', async () => {
  const sample = await server.send<Upload>('POST', '/api/samples/recorded-nginx-php-fpm', {});
  await server.ended(sample.body.id);
  server = await server.restart({ demo: true });
  const { body } = await server.json<{ uploads: Upload[] }>('/api/uploads');
  expect(body.uploads.map((upload) => upload.id)).toEqual([sample.body.id]);
});
