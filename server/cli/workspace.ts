import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#server/store/event-store.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { InputFile } from './input.ts';
import type { Terminal } from './terminal.ts';

export type Engine = 'duckdb' | 'reference';

/** A folder for one command's files; nothing of it stays behind, also where the process ends in between. */
export async function withWorkspace<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-cli-'));
  const sweep = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', sweep);
  try {
    return await work(folder);
  } finally {
    process.off('exit', sweep);
    sweep();
  }
}

export interface StoreOptions {
  readonly engine: Engine;
  readonly catalogue: FieldCatalogue;
  /** Keep the records as they came: for answers that print them. */
  readonly keepText: boolean;
  /** Take every record, without a time and however often it occurs: for questions to files that are no event data. */
  readonly anyRecord: boolean;
  readonly files: readonly InputFile[];
  /** Conditions: events that can pass none of them are counted, and no more. Absent: all are kept. */
  readonly concerning?: readonly Expression[] | undefined;
}

/**
 * From this much input on, events go to a file of the engine's instead of memory: compressed, and within its limit. Packing takes
 * longer than leaving them as they are, and without their texts they are a small part of the input.
 */
const LARGE = { withText: 256 * 1024 ** 2, withoutText: 1024 ** 3 } as const;

/** Opens an empty store in a workspace, hands it over and closes it. */
export async function withStore<Value>(
  terminal: Terminal,
  folder: string,
  options: StoreOptions,
  work: (store: EventStore) => Promise<Value>,
): Promise<Value> {
  const store = await openStore(terminal, folder, options);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function openStore(
  { memoryLimit }: Terminal,
  folder: string,
  { engine, files, ...options }: StoreOptions,
): Promise<EventStore> {
  if (engine === 'reference') {
    const { openReferenceStore } = await import('#server/store/reference/reference-store.ts');
    return openReferenceStore(options);
  }
  const { openDuckdbStore } = await import('#server/store/duckdb/open.ts');
  const spillFolder = join(folder, 'spill');
  await mkdir(spillFolder);
  const large = options.keepText ? LARGE.withText : LARGE.withoutText;
  const path = (await sizeOf(files)) >= large ? join(folder, 'events.duckdb') : ':memory:';
  return openDuckdbStore({ ...options, path, memoryLimit, spillFolder });
}

async function sizeOf(files: readonly InputFile[]): Promise<number> {
  const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
