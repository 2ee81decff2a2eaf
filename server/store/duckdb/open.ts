import { resolve } from 'node:path';
import type { EventStore } from '#server/store/event-store.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { MACROS } from './compile/macros.ts';
import { type Database, openDatabase } from './connection.ts';
import { duckdbStore } from './duckdb-store.ts';
import { claimLayout } from './layout.ts';
import { createLoader } from './load/append.ts';
import { createTables, type Layout } from './load/schema.ts';
import { matchesOf } from './matches/matches.ts';
import { createRegistry } from './matches/registry.ts';
import { rememberSpilledFields } from './spilled-fields.ts';

export interface DuckdbStoreOptions {
  /** A file, or `:memory:`. */
  readonly path: string;
  readonly catalogue: FieldCatalogue;
  /** Whether records are kept as they came, for `documents`; true if absent. */
  readonly keepText?: boolean;
  /** As DuckDB writes sizes: `1GB`. */
  readonly memoryLimit?: string;
  /** Folder for what does not fit in memory; beside the file if absent. */
  readonly spillFolder?: string;
  /** See `Layout`; false if absent. */
  readonly anyRecord?: boolean;
}

const IN_MEMORY = ':memory:';

/**
 * Files that this process has open. DuckDB opens a file twice in one process without an error, and then loses data: the one
 * thing that must be remembered for the whole process.
 */
const openFiles = new Set<string>();

/**
 * Opens the event store, and creates it where there is none. Rejects with one clear line when the file is open already, here
 * or in another process, or when it was written with other fields.
 */
export async function openDuckdbStore(options: DuckdbStoreOptions): Promise<EventStore> {
  const { path, catalogue, keepText = true, anyRecord = false } = options;
  const file = path === IN_MEMORY ? null : resolve(path);
  if (file !== null) claim(file);
  const release = () => {
    if (file !== null) openFiles.delete(file);
  };
  try {
    const database = await openOrExplain(options);
    const layout = { catalogue, keepText, anyRecord };
    await prepareOrClose(database, layout, path);
    const spilled = rememberSpilledFields();
    const matches = matchesOf(layout, spilled);
    return duckdbStore({
      database,
      loader: createLoader(database, layout, { scratch: options.spillFolder, onStored: matches.grow }),
      matches,
      spilled,
      ...layout,
      onClosed: release,
    });
  } catch (error) {
    release();
    throw error;
  }
}

function claim(file: string): void {
  if (openFiles.has(file)) throw new Error(`The event store ${file} is already open in this process`);
  openFiles.add(file);
}

async function openOrExplain({ path, memoryLimit, spillFolder }: DuckdbStoreOptions): Promise<Database> {
  try {
    return await openDatabase({ path, memoryLimit, spillFolder });
  } catch (error) {
    const holder = /Conflicting lock is held in .*?\(PID (\d+)\)/.exec(String(error));
    if (!holder) throw error;
    throw new Error(`The event store ${path} is in use by another process (${holder[1]})`, { cause: error });
  }
}

async function prepareOrClose(database: Database, layout: Layout, path: string): Promise<void> {
  try {
    const session = await database.session();
    try {
      await claimLayout(session, layout, path);
      await createTables(session, layout);
      await createRegistry(session);
      for (const macro of MACROS) await session.run(macro);
    } finally {
      session.close();
    }
  } catch (error) {
    database.close();
    throw error;
  }
}
