import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Instant } from '#shared/base/time.ts';
import { terminalSafe } from './terminal-safe.ts';

/** What a command knows of the world around it. */
export interface Terminal {
  /** Standard output: results and nothing else. */
  readonly out: Pick<NodeJS.WriteStream, 'write' | 'once'>;
  /** Standard error: warnings, counts, notes. */
  readonly err: Pick<NodeJS.WriteStream, 'write'>;
  /** Folder that relative paths start from. */
  readonly folder: string;
  /** Where the rules lie. */
  readonly rulesFolder: string;
  /** Memory that the engine may take, as `2GB`. */
  readonly memoryLimit: string;
  readonly now: () => Instant;
  /** Aborted when the user interrupts the command. */
  readonly signal: AbortSignal;
}

/** Writes a result line; waits where the reader is slower. The text goes out as it is. */
export async function print(terminal: Terminal, line: string): Promise<void> {
  if (!terminal.out.write(`${line}\n`)) await once(terminal.out as NodeJS.WriteStream, 'drain');
}

/** Says something beside the results, on one line. */
export const note = (terminal: Terminal, line: string): void => {
  terminal.err.write(`${terminalSafe(line)}\n`);
};

export const resolvePath = (terminal: Terminal, path: string): string => resolve(terminal.folder, path);
