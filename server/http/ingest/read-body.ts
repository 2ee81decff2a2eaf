import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Refusal } from '#server/refusal.ts';
import { HttpRefusal } from '../problem.ts';

/** Largest body, inflated: what Elasticsearch takes. */
export const MOST_BYTES = 100 * 1024 * 1024;
/** Bytes of bodies that are held at once, over all requests, before others must wait. */
const MOST_HELD = 512 * 1024 * 1024;
/** Beyond, also those are refused that have begun: many may have begun together, and some are not told to wait (`sender.ts`). */
const MOST_EVER_HELD = 2 * MOST_HELD;

let held = 0;

/** Whether so many bodies are being read that another one must wait. */
export const isHoldingTooMuch = (): boolean => held > MOST_HELD;

/** The body as plain bytes, as they come; refuses encodings other than gzip. */
export function plainBody(request: IncomingMessage): Readable {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') return request;
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new HttpRefusal(415, { code: 'invalid-request', message: 'Bodies may be plain or gzip.' });
  }
  const gunzip = createGunzip();
  request.once('error', (error) => gunzip.destroy(error));
  request.once('aborted', () => gunzip.destroy(new Error('The sender went away.')));
  return request.pipe(gunzip);
}

/** Calls back with the whole body, inflated, which counts as held until that is done. */
export async function withBody<Value>(
  request: IncomingMessage,
  work: (body: Buffer) => Promise<Value>,
  mostHeld: number = MOST_EVER_HELD,
): Promise<Value> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of plainBody(request) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      held += chunk.length;
      if (bytes > MOST_BYTES) throw tooLarge();
      if (held > mostHeld) throw tooMuchAtOnce();
      chunks.push(chunk);
    }
    return await work(Buffer.concat(chunks));
  } catch (error) {
    throw isBadGzip(error) ? unreadable() : error;
  } finally {
    held -= bytes;
  }
}

export const tooMuchAtOnce = (): Refusal => new Refusal('busy', 'Too much is being read at once.');

const tooLarge = (): HttpRefusal =>
  new HttpRefusal(413, { code: 'too-large', message: `A request may have at most ${MOST_BYTES} bytes, inflated.` });

const unreadable = (): HttpRefusal =>
  new HttpRefusal(400, { code: 'invalid-request', message: 'The body is not the gzip that it claims to be.' });

export const isBadGzip = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
