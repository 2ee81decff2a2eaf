import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppendOptions, AppendReport, EventStore, Reject } from '#server/store/event-store.ts';
import { jsonText } from '#shared/evaluate/generate/json.ts';

/** A report with the records that were refused. */
export type FullReport = AppendReport & { readonly rejects: readonly Reject[] };

/** A store under test, with a way to feed it. */
export interface Harness {
  readonly store: EventStore;
  /** Appends these records, one a line, as the next batch; batches count from 1. */
  append(records: readonly unknown[], options?: AppendOptions): Promise<FullReport>;
  /** Appends a file of this text. */
  appendText(text: string, options?: AppendOptions): Promise<FullReport>;
  close(): Promise<void>;
}

/** Puts a store into a harness with a folder for its batches; closing closes both. */
export async function harnessFor(store: EventStore): Promise<Harness> {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-contract-'));
  let batch = 0;
  async function appendText(text: string, options: AppendOptions = {}): Promise<FullReport> {
    batch += 1;
    const path = join(folder, `${batch}.ndjson`);
    await writeFile(path, text);
    const rejects: Reject[] = [];
    const onReject = (reject: Reject) => rejects.push(reject);
    const report = await store.append({ id: batch, path }, { onReject, ...options });
    return { ...report, rejects };
  }
  return {
    store,
    appendText,
    append: (records, options) => appendText(records.map((record) => `${jsonText(record)}\n`).join(''), options),
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
