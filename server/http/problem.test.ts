import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { problemHandler } from './problem.ts';

test('work that ends because whoever asked has left is no failure; one that ends by itself is', async () => {
  const logged: string[] = [];
  const app = express();
  const told = new EventEmitter();
  app.get('/slow', async (_, response) => {
    told.emit('asked');
    await once(response, 'close');
    told.emit('left');
    throw new DOMException('left', 'AbortError');
  });
  app.get('/broken', () => {
    throw new DOMException('ours', 'AbortError');
  });
  app.use(problemHandler(pino({}, { write: (line: string) => void logged.push(line) })));
  const server = app.listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const leaving = new AbortController();
    const [asked, left] = [once(told, 'asked'), once(told, 'left')];
    const answer = fetch(`${url}/slow`, { signal: leaving.signal });
    await asked;
    leaving.abort();
    await expect(answer).rejects.toThrow();
    await left;
    expect((await fetch(`${url}/broken`)).status).toBe(500);
    expect(logged.map((line) => JSON.parse(line).path)).toEqual(['/broken']);
  } finally {
    server.close();
  }
});
