import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { Problem, reasonOf } from './problem.ts';
import { tailFile } from './tail-file.ts';
import { tailPipe } from './tail-pipe.ts';
import { openTailSender } from './tail-sender.ts';
import { note, resolvePath, type Terminal } from './terminal.ts';

export interface TailOptions {
  /** A file that grows, or `-` for standard input. */
  readonly file: string;
  readonly url: string;
  readonly key: string | undefined;
  /** What the records are listed under; the file's name if absent. */
  readonly source: string | undefined;
}

/** Sends the lines of a growing file or a pipe to a server, each once, through restarts of either side. */
export async function tail(options: TailOptions, terminal: Terminal): Promise<void> {
  const { file, url, key, source = file === '-' ? 'stdin' : basename(file) } = options;
  if (!key)
    throw new Problem(
      'A key is needed: --key, or the variable ODDSPAWN_KEY. The console makes one on its Sources page.',
    );
  let trouble: string | null = null;
  const onTrouble = (problem: string | null): void => {
    if (problem === trouble) return;
    trouble = problem;
    note(terminal, problem === null ? 'oddspawn: sending again' : `oddspawn: ${problem}; trying again`);
  };
  if (!/^https?:\/\/\S/.test(url) || !URL.canParse(url)) {
    throw new Problem(`--url ${url}: is no address; write it as http://127.0.0.1:7878.`);
  }
  const { signal } = terminal;
  const sender = openTailSender({ url: url.replace(/\/+$/, ''), key, source, signal, onTrouble });
  if (file === '-') return tailPipe(process.stdin, sender);
  const path = resolvePath(terminal, file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && !found.isFile()) throw new Problem(`${file}: is not a file; - reads standard input.`);
  if (!found) note(terminal, `oddspawn: ${file} is not there yet; waiting for it`);
  try {
    await tailFile(path, sender, signal);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw new Problem(`${file}: ${reasonOf(error)}`);
    throw error;
  }
}
