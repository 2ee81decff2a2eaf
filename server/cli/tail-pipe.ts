import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { TailSender } from './tail-sender.ts';

const NEWLINE = 10;

/**
 * Sends the lines of a pipe until it ends. What is on its way is kept until the server has it, and no more is read
 * meanwhile: a pipe cannot be read again.
 */
export async function tailPipe(source: Readable, sender: TailSender): Promise<void> {
  const stream = `pipe-${randomUUID()}`;
  let at = 0;
  let rest = Buffer.alloc(0);
  for await (const chunk of source as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end > 0) at = await sender.send(stream, at, bytes.subarray(0, end));
    rest = bytes.subarray(end);
  }
  if (rest.length > 0) await sender.send(stream, at, Buffer.concat([rest, Buffer.from('\n')]));
}
