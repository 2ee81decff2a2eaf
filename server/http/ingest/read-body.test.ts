import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { withBody } from './read-body.ts';

/** What is read of a request, without one. */
const requestOf = (body: PassThrough): IncomingMessage =>
  Object.assign(body, { headers: {} }) as unknown as IncomingMessage;

const MOST = 1000;
const length = async (body: Buffer): Promise<number> => body.length;

test('of bodies that have begun together no more is held than there is room for, and there is room again', async () => {
  const [first, second] = [new PassThrough(), new PassThrough()];
  const slow = withBody(requestOf(first), length, MOST);
  first.write(Buffer.alloc(600));
  await new Promise((resolve) => setImmediate(resolve));
  second.end(Buffer.alloc(600));
  await expect(withBody(requestOf(second), length, MOST)).rejects.toMatchObject({ code: 'busy' });
  first.end(Buffer.alloc(300));
  expect(await slow).toBe(900);
  const third = new PassThrough();
  third.end(Buffer.alloc(600));
  expect(await withBody(requestOf(third), length, MOST)).toBe(600);
});
