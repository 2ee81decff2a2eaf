import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Instant } from '#shared/base/time.ts';
import { terminalSafe } from './terminal-safe.ts';

/** What a command knows of the world around it. */
export interface Terminal {
  /** Standard output: results and nothing else. */
  readonly out: NodeJS.WritableStream;
  /** Standard error: warnings, counts, notes. */
  readonly err: NodeJS.WritableStream;
  /** Folder that relative paths start from. */
  readonly folder: string;
  /** Where the rules lie. */
  readonly rulesFolder: string;
  /** Memory that the engine may take, as `2GB`. */
  readonly memoryLimit: string;
  readonly now: () => Instant;
  /** Aborted when the user interrupts the command, or stops reading its results. */
  readonly signal: AbortSignal;
}

/** Writes a result line; waits where the reader is slower. The text goes out as it is. */
export async function print(terminal: Terminal, line: string): Promise<void> {
  const { out, signal } = terminal;
  signal.throwIfAborted();
  if (!out.write(`${line}\n`)) await once(out, 'drain', { signal });
}

const AT_ONCE = 500;

/** Writes result lines, many at a time: a write costs more than a line. */
export async function printAll(terminal: Terminal, lines: readonly string[]): Promise<void> {
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    await print(terminal, lines.slice(at, at + AT_ONCE).join('\n'));
  }
}

/** Says something beside the results, on one line. */
export const note = (terminal: Terminal, line: string): void => {
  terminal.err.write(`${terminalSafe(line)}\n`);
};

export const resolvePath = (terminal: Terminal, path: string): string => resolve(terminal.folder, path);
