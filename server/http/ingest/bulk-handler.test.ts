import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, test } from 'vitest';
import { Refusal } from '#server/refusal.ts';
import { receiveBulk } from './bulk-handler.ts';
import type { IngestServices } from './ingest-services.ts';

/** A door that has room from some look on. */
function doorWithRoomAt(look: number) {
  let looks = 0;
  const [refused, accepted]: [string[], unknown[]] = [[], []];
  const services = {
    clock: () => 0,
    book: { noteRefused: (...of: string[]) => refused.push(of.join(': ')) },
    intake: {
      checkRoom() {
        looks += 1;
        if (looks < look) throw new Refusal('busy', 'Too much waits.');
      },
      knownIds: async () => new Set(),
      accept: async (frames: unknown) => accepted.push(frames),
      remember: () => undefined,
    },
  } as unknown as IngestServices;
  return { services, refused, accepted };
}

/** What a sender hears that does not say who it is; rsyslog does not. */
async function answerOf(services: IngestServices): Promise<number | string> {
  const app = express().post(
    '/_bulk',
    (_request, response, next) => {
      response.locals['ingestKey'] = { id: 'k' };
      next();
    },
    receiveBulk(services),
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await new Promise<number | string>((resolve) => {
    const sent = request({ port, path: '/_bulk', method: 'POST' }, ({ statusCode }) => resolve(statusCode ?? 0));
    sent.once('error', ({ message }) => resolve(message));
    sent.end('{"create":{"_index":"logs"}}\n{"@timestamp":"2026-11-21T10:00:00Z"}\n');
  });
  server.close();
  return answer;
}

test('who does not say who it is waits for room', async () => {
  const { services, refused, accepted } = doorWithRoomAt(3);
  expect(await answerOf(services)).toBe(200);
  expect([refused, accepted.length]).toEqual([[], 1]);
});

test('and is hung up on where none comes', { timeout: 20_000 }, async () => {
  const { services, refused, accepted } = doorWithRoomAt(Number.POSITIVE_INFINITY);
  expect(await answerOf(services)).toBe('socket hang up');
  expect([refused, accepted]).toEqual([['unknown: busy'], []]);
});
