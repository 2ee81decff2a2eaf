import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Problem } from './problem.ts';
import { LONGEST_LINE, NO_LINES } from './tail-file.ts';
import type { TailSender } from './tail-sender.ts';

const NEWLINE = 10;

/**
 * Sends the lines of a pipe until it ends. What is on its way is kept until the server has it, and no more is read
 * meanwhile: a pipe cannot be read again.
 */
export async function tailPipe(source: Readable, sender: TailSender): Promise<void> {
  const stream = `pipe-${randomUUID()}`;
  let at = 0;
  let open: Buffer[] = [];
  let length = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      at = await sender.send(stream, at, Buffer.concat([...open, chunk.subarray(0, end)]));
      open = [];
      length = 0;
    }
    open.push(chunk.subarray(end));
    length += chunk.length - end;
    if (length > LONGEST_LINE) throw new Problem(NO_LINES);
  }
  if (length > 0) await sender.send(stream, at, Buffer.concat([...open, Buffer.from('\n')]));
}
