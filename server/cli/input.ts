import { open } from 'node:fs/promises';
import type { AppendReport, EventStore, Reject } from '#server/store/event-store.ts';
import { messageOf, Problem, reasonOf } from './problem.ts';
import { note, resolvePath, type Terminal } from './terminal.ts';

/** A file of records, as its name was given and where it is. */
export interface InputFile {
  readonly name: string;
  readonly path: string;
}

/** Finds the files and makes sure that each can be read, before any work begins. */
export async function findInput(terminal: Terminal, names: readonly string[]): Promise<readonly InputFile[]> {
  const files = names.map((name) => ({ name, path: resolvePath(terminal, name) }));
  for (const { name, path } of files) await ensureReadable(name, path);
  return files;
}

async function ensureReadable(name: string, path: string): Promise<void> {
  try {
    const file = await open(path);
    const isFile = (await file.stat()).isFile();
    await file.close();
    if (!isFile) throw new Error('is not a file');
  } catch (error) {
    throw new Problem(`${name}: ${reasonOf(error)}`);
  }
}

/** Rejected lines that are named one by one. */
const NAMED = 5;

/**
 * Loads files into a store. Lines that cannot be events are counted and the first named on standard error; a file without
 * any that can, or one that breaks off, ends the command.
 */
export async function loadInput(terminal: Terminal, store: EventStore, files: readonly InputFile[]): Promise<void> {
  for (const [index, { name, path }] of files.entries()) {
    const rejects: Reject[] = [];
    const report = await append(terminal, store, { id: index + 1, path, name }, (reject) => {
      if (rejects.length < NAMED) rejects.push(reject);
    });
    const [first] = rejects;
    if (first && report.events + report.duplicates === 0) {
      throw new Problem(`${name}: nothing in it is an event; line ${first.line}: ${first.reason}`);
    }
    for (const { line, reason } of rejects) note(terminal, `${name}:${line}: left out: ${reason}`);
    if (report.rejected > rejects.length) {
      note(terminal, `${name}: ${report.rejected - rejects.length} more lines left out`);
    }
    if (report.duplicates > 0) note(terminal, `${name}: ${report.duplicates} repeated events counted once`);
  }
}

async function append(
  { signal }: Terminal,
  store: EventStore,
  { id, path, name }: InputFile & { readonly id: number },
  onReject: (reject: Reject) => void,
): Promise<AppendReport> {
  try {
    return await store.append({ id, path }, { signal, onReject });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Problem(`${name}: cannot be read: ${messageOf(error)}`);
  }
}
