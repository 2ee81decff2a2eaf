import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { INGEST_PATH, ingestOffsetSchema } from '#shared/api/ingest.ts';
import { type Milliseconds, SECOND } from '#shared/base/time.ts';
import { messageOf, Problem } from './problem.ts';

export interface SenderOptions {
  /** Of the server, as `http://127.0.0.1:7878`. */
  readonly url: string;
  readonly key: string;
  /** What the records are listed under. */
  readonly source: string;
  readonly signal: AbortSignal;
  /** Told when sending stands still, and when it goes on (null). */
  readonly onTrouble: (problem: string | null) => void;
}

/** A way to a server's resumable streams that does not give up. */
export interface TailSender {
  /** Where the stream's next byte belongs. Waits until the server answers. */
  readonly offset: (stream: string) => Promise<number>;
  /** Sends whole lines that begin at this offset; gives the offset behind them when they are safe over there. */
  readonly send: (stream: string, offset: number, lines: Buffer) => Promise<number>;
}

const FIRST_PAUSE: Milliseconds = 0.5 * SECOND;
const LONGEST_PAUSE: Milliseconds = 30 * SECOND;
const problemSchema = z.object({ message: z.string() });

export function openTailSender({ url, key, source, signal, onTrouble }: SenderOptions): TailSender {
  const authorization = `Bearer ${key}`;

  /** Asks until there is an answer; only what no waiting mends is a problem. */
  async function ask<Value>(request: () => Promise<Value>): Promise<Value> {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      try {
        const value = await request();
        onTrouble(null);
        return value;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof Problem) throw error;
        onTrouble(troubleOf(error));
        await sleep(pause, undefined, { signal });
      }
    }
  }

  const call = (query: Record<string, string>, init: RequestInit): Promise<Response> =>
    fetch(`${url}${INGEST_PATH}?${new URLSearchParams(query).toString()}`, {
      ...init,
      headers: { authorization, 'content-type': 'application/x-ndjson', 'user-agent': 'oddspawn-tail' },
      signal,
    });

  const offset: TailSender['offset'] = (stream) =>
    ask(async () => (await answerOf(await call({ stream }, { method: 'GET' }))).offset);

  return {
    offset,
    async send(stream, from, lines) {
      for (let at = from; at < from + lines.length; ) {
        const rest = lines.subarray(at - from);
        at = await ask(async () => {
          const query = { stream, source, offset: String(at) };
          const response = await call(query, { method: 'POST', body: new Uint8Array(rest) });
          // Part of it may be there, from an attempt whose answer was lost.
          if (response.status === 409) return offset(stream);
          return (await answerOf(response)).offset;
        });
        if (at < from) throw new Problem('The server has lost a part of this stream that was sent before.');
      }
      return from + lines.length;
    },
  };
}

/** What `fetch` knows of a connection that fails is in the error's cause. */
const troubleOf = (error: unknown): string =>
  error instanceof TypeError && error.cause !== undefined
    ? `There is no connection: ${messageOf(error.cause)}`
    : messageOf(error);

/** Throws a `Problem` where sending the same again cannot help. */
async function answerOf(response: Response): Promise<z.infer<typeof ingestOffsetSchema>> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return ingestOffsetSchema.parse(body);
  const said = problemSchema.safeParse(body);
  const message = `The server answers ${response.status}: ${said.success ? said.data.message : response.statusText}`;
  const isFinal = response.status >= 400 && response.status < 500 && ![408, 409, 429].includes(response.status);
  throw isFinal ? new Problem(message) : new Error(message);
}
