import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppendReport, EventStore, Reject } from '#server/store/event-store.ts';
import { must } from '#shared/base/assert.ts';

/** A store under test, with a way to feed it. */
export interface Harness {
  readonly store: EventStore;
  /** Appends these records, one a line, as the next batch. */
  append(
    records: readonly unknown[],
  ): Promise<AppendReport & { readonly rejects: readonly Reject[]; readonly batch: number }>;
  /** Appends a file of this text. */
  appendText(text: string): Promise<AppendReport & { readonly rejects: readonly Reject[]; readonly batch: number }>;
  close(): Promise<void>;
}

/** Puts a store into a harness with a folder for its batches; closing closes both. */
export async function harnessFor(store: EventStore): Promise<Harness> {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-contract-'));
  let batch = 0;
  async function appendText(text: string) {
    batch += 1;
    const path = join(folder, `${batch}.ndjson`);
    await writeFile(path, text);
    const rejects: Reject[] = [];
    const report = await store.append({ id: batch, path }, { onReject: (reject) => rejects.push(reject) });
    return { ...report, rejects, batch };
  }
  return {
    store,
    appendText,
    append: (records) => appendText(records.map((record) => `${JSON.stringify(record)}\n`).join('')),
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An environment variable that makes a search longer than a test run can afford. */
export const searchLength = (usual: number): number => usual * Number(process.env['ODDSPAWN_SEARCH'] ?? 1);

export const first = <Item>(items: readonly Item[]): Item => must(items[0], 'first item');
