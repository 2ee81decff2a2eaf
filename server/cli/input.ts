import { access, constants, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeMapped } from '#server/mappings/describe.ts';
import { type LoadableFile, mapFile } from '#server/mappings/map-file.ts';
import { UnknownSource } from '#server/mappings/unknown-source.ts';
import type { TimeRange } from '#server/rules/ticks.ts';
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
  if (name === '-') throw new Problem('-: standard input is not read; give a file');
  try {
    // Not by opening it: that waits, beyond any interruption, for whoever writes into a pipe.
    if (!(await stat(path)).isFile()) throw new Error('is not a file');
    await access(path, constants.R_OK);
  } catch (error) {
    throw new Problem(`${name}: ${reasonOf(error)}`);
  }
}

/** Rejected lines that are named one by one. */
const NAMED = 5;

/** That files may hold records of other sources, which are mapped to ECS first. */
export interface InputMapping {
  /** For the mapped documents. */
  readonly folder: string;
  /** Name of the source; absent: each file is recognised by its content. */
  readonly source: string | undefined;
}

/**
 * Loads files into a store. Lines that cannot be events are counted and the first named on standard error; a file without
 * any that can, or one that breaks off, ends the command. Gives the times of the first and the last event; null without one.
 */
export async function loadInput(
  terminal: Terminal,
  store: EventStore,
  files: readonly InputFile[],
  mapping?: InputMapping,
): Promise<TimeRange | null> {
  const windows: TimeRange[] = [];
  for (const [index, { name, path }] of files.entries()) {
    const rejects: Reject[] = [];
    const report = await append(terminal, store, { id: index + 1, path, name }, mapping, (reject) => {
      if (rejects.length < NAMED) rejects.push(reject);
    });
    const [first] = rejects;
    if (report.events + report.duplicates === 0) {
      if (first) throw new Problem(`${name}: nothing in it is an event; line ${first.line}: ${first.reason}`);
      note(terminal, `${name}: holds no record`);
    }
    for (const { line, reason } of rejects) note(terminal, `${name}:${line}: left out: ${reason}`);
    if (report.rejected > rejects.length) {
      note(terminal, `${name}: ${report.rejected - rejects.length} more lines left out`);
    }
    if (report.duplicates > 0) note(terminal, `${name}: ${report.duplicates} repeated events counted once`);
    if (report.window) windows.push(report.window);
  }
  if (windows.length === 0) return null;
  return { from: Math.min(...windows.map(({ from }) => from)), to: Math.max(...windows.map(({ to }) => to)) };
}

type Append = InputFile & { readonly id: number };

async function append(
  terminal: Terminal,
  store: EventStore,
  file: Append,
  mapping: InputMapping | undefined,
  onReject: (reject: Reject) => void,
): Promise<AppendReport> {
  const { signal } = terminal;
  try {
    if (!mapping) return await store.append({ id: file.id, path: file.path }, { signal, onReject });
    return await appendMapped(terminal, store, file, mapping, onReject);
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof UnknownSource) throw new Problem(`${file.name}: ${error.message}`);
    throw new Problem(`${file.name}: cannot be read: ${messageOf(error)}`);
  }
}

async function appendMapped(
  terminal: Terminal,
  store: EventStore,
  { id, path, name }: Append,
  mapping: InputMapping,
  onReject: (reject: Reject) => void,
): Promise<AppendReport> {
  const { signal } = terminal;
  const folder = join(mapping.folder, `mapped-${id}`);
  await mkdir(folder);
  const file: LoadableFile = await mapFile(path, { folder, source: mapping.source, host: name, signal, onReject });
  if (file.mapped) for (const line of describeMapped(file.source, file.mapped)) note(terminal, `${name}: ${line}`);
  const report = await store.append(
    { id, path: file.path },
    { signal, onReject: (reject) => onReject(file.original(reject)) },
  );
  await rm(folder, { recursive: true });
  return { ...report, rejected: report.rejected + (file.mapped?.rejected ?? 0) };
}
