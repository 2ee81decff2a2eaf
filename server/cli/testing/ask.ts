import { Writable } from 'node:stream';
import { type QueryOptions, query } from '../query.ts';
import type { Terminal } from '../terminal.ts';

/** What a query printed, or the problem that it ended with. */
export interface Answer {
  readonly out: string;
  readonly err: string;
  readonly problem: string | null;
}

/** Asks a query as the command line does, in this process: many of them, quickly. `folder` is where paths start. */
export async function ask(folder: string, options: Partial<QueryOptions>): Promise<Answer> {
  const [out, err] = [collecting(), collecting()];
  const terminal: Terminal = {
    out: out.stream,
    err: err.stream,
    folder,
    rulesFolder: folder,
    memoryLimit: '1GB',
    now: () => 0,
    signal: new AbortController().signal,
  };
  const asked: QueryOptions = {
    files: [],
    language: undefined,
    text: undefined,
    textFile: undefined,
    rule: undefined,
    at: null,
    mapping: undefined,
    engine: 'duckdb',
    format: 'ndjson',
    ...options,
  };
  try {
    await query(asked, terminal);
    return { out: out.text(), err: err.text(), problem: null };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'Problem') throw error;
    return { out: out.text(), err: err.text(), problem: error.message };
  }
}

function collecting(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
