import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { activityOf, recordActivity } from './activity.ts';
import { SCHEMA_VERSION } from './migrate.ts';
import { openState } from './open-state.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-state-'));
});
afterEach(() => rm(folder, { recursive: true }));

const author = { actor: 'anna', now: Date.parse('2026-11-21T10:00:00Z') };
const entry = { subject: 'alert', subjectId: 'a', action: 'note', detail: 'added a note' } as const;

test('an empty file gets every table, and a second opening changes nothing', async () => {
  const path = join(folder, 'state.db');
  const first = await openState(path);
  await first.transaction().execute((transaction) => recordActivity(transaction, author, [entry]));
  await first.destroy();
  const second = await openState(path);
  expect(await activityOf(second, 'alert', 'a')).toEqual([
    { at: '2026-11-21T10:00:00.000Z', actor: 'anna', action: 'note', detail: 'added a note' },
  ]);
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(second);
  expect(rows).toEqual([{ userVersion: SCHEMA_VERSION }]);
  await second.destroy();
});

test('commits wait for the disk, and references are held', async () => {
  const state = await openState(join(folder, 'state.db'));
  const pragma = async (name: string) => Object.values((await sql.raw(`pragma ${name}`).execute(state)).rows[0] ?? {});
  expect(await pragma('journal_mode')).toEqual(['wal']);
  expect(await pragma('synchronous')).toEqual([2]);
  const orphan = state.insertInto('notes').values({ id: 'n', alertId: 'none', at: '', author: '', text: '' });
  await expect(orphan.execute()).rejects.toThrow(/FOREIGN KEY/);
  await state.destroy();
});

test('a file of a newer program is refused', async () => {
  const path = join(folder, 'state.db');
  const state = await openState(path);
  await sql`pragma user_version = ${sql.lit(SCHEMA_VERSION + 1)}`.execute(state);
  await state.destroy();
  await expect(openState(path)).rejects.toThrow(/newer version/);
});

test('a failing transaction leaves no audit row', async () => {
  const state = await openState(join(folder, 'state.db'));
  const failing = state.transaction().execute(async (transaction) => {
    await recordActivity(transaction, author, [entry]);
    throw new Error('half way');
  });
  await expect(failing).rejects.toThrow('half way');
  expect(await activityOf(state, 'alert', 'a')).toEqual([]);
  await state.destroy();
});
