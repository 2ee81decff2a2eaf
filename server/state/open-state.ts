import { CamelCasePlugin, Kysely, SqliteDialect, type Transaction } from 'kysely';
import Libsql from 'libsql';
import { migrate } from './migrate.ts';
import type { Tables } from './tables/tables.ts';

export type State = Kysely<Tables>;
/** Either the database or a transaction on it: what functions take that only read. */
export type StateReader = Kysely<Tables>;
export type StateTransaction = Transaction<Tables>;

/** Pages kept in memory: a hundred thousand alerts are a hundred megabytes, and lists and groups read the same again and again. */
const CACHE_KILOBYTES = 64_000;

/** How long a statement waits for another connection to the same file. */
const BUSY_MILLISECONDS = 5000;

/**
 * Opens the console's own records, creating or migrating the file. One connection a process; a commit is on disk before
 * it returns (WAL, synchronous=FULL). The only place that knows which engine holds them.
 */
export async function openState(path: string): Promise<State> {
  const database = new Libsql(path);
  for (const setting of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'foreign_keys = ON',
    `cache_size = -${CACHE_KILOBYTES}`,
    `busy_timeout = ${BUSY_MILLISECONDS}`,
  ]) {
    database.prepare(`PRAGMA ${setting}`).all();
  }
  const state = new Kysely<Tables>({ dialect: new SqliteDialect({ database }), plugins: [new CamelCasePlugin()] });
  try {
    await migrate(state.withoutPlugins() as Kysely<unknown>);
  } catch (error) {
    await state.destroy();
    throw error;
  }
  return state;
}
