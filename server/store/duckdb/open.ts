import { resolve } from 'node:path';
import type { EventStore } from '#server/store/event-store.ts';
import { catalogueOf, type FieldCatalogue } from '#shared/event/field.ts';
import { mergeFields } from '#shared/event/merge-fields.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { MACROS } from './compile/macros.ts';
import { type Database, openDatabase, type Session } from './connection.ts';
import { duckdbStore } from './duckdb-store.ts';
import { endReading } from './fields/read-again.ts';
import { claimLayout, writtenFields } from './layout.ts';
import { endGathering } from './load/gathering.ts';
import { createTables, type Layout } from './load/schema.ts';
import { createRegistry } from './matches/registry.ts';
import { rebuildStore } from './rebuild.ts';
import { keepsTexts } from './stored-records.ts';

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
  /** See `Layout`; such a store cannot keep matches. */
  readonly concerning?: readonly Expression[] | undefined;
  /** Told of work that delays the opening, in a line each. */
  readonly log?: (line: string) => void;
}

const IN_MEMORY = ':memory:';

/**
 * Files that this process has open. DuckDB opens a file twice in one process without an error, and then loses data: the one
 * thing that must be remembered for the whole process.
 */
const openFiles = new Set<string>();

/**
 * Opens the event store, and creates it where there is none. Rejects with one clear line when the file is open already, here
 * or in another process. A file that was written with other fields, or by another version, is rebuilt from its records' texts
 * first; refused if it has none.
 */
export async function openDuckdbStore(options: DuckdbStoreOptions): Promise<EventStore> {
  const { path, catalogue, keepText = true, anyRecord = false, concerning } = options;
  const file = path === IN_MEMORY ? null : resolve(path);
  if (file !== null) claim(file);
  const release = () => {
    if (file !== null) openFiles.delete(file);
  };
  try {
    const wanted = { catalogue, keepText, anyRecord, concerning };
    const { database, layout } = await openLaidOut(options, wanted);
    return duckdbStore({ database, layout, scratch: options.spillFolder, onClosed: release });
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

interface LaidOut {
  readonly database: Database;
  /** That of the tables: it may lack fields that are wanted, and have others. */
  readonly layout: Layout;
}

/** An open database with tables like those of this layout: a file with others is made anew from its records' texts. */
async function openLaidOut(options: DuckdbStoreOptions, wanted: Layout): Promise<LaidOut> {
  const { path, log } = options;
  const database = await openOrExplain(options);
  const found = await closedOnFailure(database, (session) => prepare(session, wanted));
  if (found.kind === 'ready') return { database, layout: found.layout };
  database.close();
  if (!found.hasTexts) {
    throw new Error(
      `The event store ${path} was written with other fields or by another version, and without its records: move the file away and load them again`,
    );
  }
  log?.(`The event store ${path} has other fields or is of another version: reading its records again`);
  const { layout } = found;
  const events = await rebuildStore({ ...options, layout });
  log?.(`The event store ${path} is rebuilt: ${events} events`);
  const rebuilt = await openOrExplain(options);
  await closedOnFailure(rebuilt, (session) => prepare(session, layout));
  return { database: rebuilt, layout };
}

type Found =
  | { readonly kind: 'ready'; readonly layout: Layout }
  /** To be made anew, with the fields that it has beside those wanted. */
  | { readonly kind: 'other'; readonly layout: Layout; readonly hasTexts: boolean };

async function prepare(session: Session, wanted: Layout): Promise<Found> {
  const layout = await claimLayout(session, wanted);
  if (!layout) {
    const { fields } = mergeFields(wanted.catalogue.fields, await writtenFields(session));
    return {
      kind: 'other',
      layout: { ...wanted, catalogue: catalogueOf(fields) },
      hasTexts: await keepsTexts(session),
    };
  }
  await createTables(session, layout);
  // Of a batch that never became whole, and of fields that were being added.
  await endGathering(session);
  await endReading(session);
  await createRegistry(session);
  for (const macro of MACROS) await session.run(macro);
  return { kind: 'ready', layout };
}

async function closedOnFailure<Value>(database: Database, work: (session: Session) => Promise<Value>): Promise<Value> {
  try {
    const session = await database.session();
    try {
      return await work(session);
    } finally {
      session.close();
    }
  } catch (error) {
    database.close();
    throw error;
  }
}
