import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import pino from 'pino';
import { expect, test } from 'vitest';
import { Refusal } from '#server/refusal.ts';
import { receiveBulk } from './bulk-handler.ts';
import { elasticProblemHandler } from './elastic-problem.ts';
import type { IngestServices } from './ingest-services.ts';

/** A door that has room from some look on, and how long one waits before it. */
function doorWithRoomAt(look: number, patience = 60_000) {
  let looks = 0;
  const [refused, accepted]: [string[], unknown[]] = [[], []];
  const services = {
    patience,
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

/** What a sender hears; rsyslog does not say who it is. */
async function answerOf(services: IngestServices, agent?: string): Promise<number | string> {
  const app = express().post(
    '/_bulk',
    (_request, response, next) => {
      response.locals['ingestKey'] = { id: 'k' };
      next();
    },
    receiveBulk(services),
  );
  app.use(elasticProblemHandler(pino({ level: 'silent' })));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await new Promise<number | string>((resolve) => {
    const headers = agent === undefined ? {} : { 'user-agent': agent };
    const sent = request({ port, path: '/_bulk', method: 'POST', headers }, ({ statusCode }) =>
      resolve(statusCode ?? 0),
    );
    sent.once('error', ({ message }) => resolve(message));
    sent.end('{"create":{"_index":"logs"}}\n{"@timestamp":"2026-11-21T10:00:00Z"}\n');
  });
  server.close();
  return answer;
}

const SENDERS = [undefined, 'elasticsearch-py/9.5.1', 'go-elasticsearch/8.19.7', 'elasticsearch-js/9.4.3'];

test.each(SENDERS)('%s waits for room', async (agent) => {
  const { services, refused, accepted } = doorWithRoomAt(3);
  expect(await answerOf(services, agent)).toBe(200);
  expect([refused, accepted.length]).toEqual([[], 1]);
});

test.each([
  [undefined, 'socket hang up', 'unknown'],
  ['elasticsearch-py/9.5.1 (Python/3.11.7; elastic-transport/9.4.2)', 429, 'elasticsearch-py/9.5.1'],
  ['go-elasticsearch/8.19.7 (linux amd64; Go 1.26.8)', 503, 'go-elasticsearch/8.19.7'],
  ['opensearch-go/4.8.1 (linux amd64; Go 1.26.8)', 503, 'opensearch-go/4.8.1'],
  ['elasticsearch-js/9.4.3 (linux 6.1.0-x64; Node.js v20.20.2)', 200, 'elasticsearch-js/9.4.3'],
])('where none comes, %s hears %s', async (agent, heard, name) => {
  const { services, refused, accepted } = doorWithRoomAt(Number.POSITIVE_INFINITY, 0);
  expect(await answerOf(services, agent)).toBe(heard);
  expect([refused, accepted]).toEqual([[`${name}: busy`], []]);
});
