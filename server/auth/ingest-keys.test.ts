import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { activityOf } from '#server/state/activity.ts';
import { openState, type State } from '#server/state/open-state.ts';
import { openAttempts } from './attempts.ts';
import { openIngestKeys } from './ingest-keys.ts';

let folder: string;
let state: State;
let now = Date.parse('2026-11-22T10:00:00Z');
const author = { actor: 'anna', now };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-keys-'));
  state = await openState(join(folder, 'state.db'));
});
afterEach(async () => {
  await state.destroy();
  await rm(folder, { recursive: true });
});

test('a key opens by its secret, with its id or without, until it is revoked', async () => {
  const keys = openIngestKeys(state, () => now);
  const { key, secret } = await keys.create(author, 'web servers');
  expect(await keys.recognise({ id: null, secret })).toMatchObject({ id: key.id, name: 'web servers' });
  expect(await keys.recognise({ id: key.id, secret })).not.toBeNull();
  expect(await keys.recognise({ id: 'another', secret })).toBeNull();
  expect(await keys.recognise({ id: key.id, secret: `${secret}x` })).toBeNull();
  expect((await keys.list())[0]?.lastUsedAt).toBe('2026-11-22T10:00:00.000Z');
  now += 120_000;
  await keys.recognise({ id: null, secret });
  expect((await keys.list())[0]?.lastUsedAt).toBe('2026-11-22T10:02:00.000Z');
  await keys.revoke({ actor: 'ben', now }, key.id);
  await keys.revoke({ actor: 'ben', now }, key.id);
  expect(await keys.recognise({ id: key.id, secret })).toBeNull();
  const log = await activityOf(state, 'ingest-key', key.id);
  expect(log.map(({ actor, action }) => `${actor} ${action}`)).toEqual(['anna created', 'ben revoked']);
  await expect(keys.revoke(author, 'none')).rejects.toThrow('no such key');
});

test('the secret is nowhere on disk', async () => {
  const { secret } = await openIngestKeys(state, () => now).create(author, 'one');
  await sql`pragma wal_checkpoint(truncate)`.execute(state);
  expect((await readFile(join(folder, 'state.db'))).includes(secret)).toBe(false);
});

test('failures are counted by address, for a minute', () => {
  let time = 0;
  const attempts = openAttempts(() => time);
  for (let count = 0; count < 20; count++) attempts.failed('a');
  expect([attempts.isTooMany('a'), attempts.isTooMany('b')]).toEqual([true, false]);
  time += 61_000;
  expect(attempts.isTooMany('a')).toBe(false);
});
