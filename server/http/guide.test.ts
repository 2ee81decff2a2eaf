import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Alert } from '#shared/alert/alert.ts';
import type { AlertDetail } from '#shared/api/alerts.ts';
import type { Problem } from '#shared/api/endpoint.ts';
import type { alertGuide, runGuideQuery } from '#shared/api/guide.ts';
import type { StepState } from '#shared/guide/guide.ts';
import { RECORDED, startTestServer, type TestServer } from './testing/test-server.ts';

type Guide = z.output<typeof alertGuide.response>;

let server: TestServer;
let alert: Alert;
beforeAll(async () => {
  server = await startTestServer();
  await server.upload(await readFile(RECORDED));
  const { body } = await server.json<{ alerts: Alert[] }>(
    '/api/alerts?rule=unusual-command-from-web-server-parent&limit=1',
  );
  const [found] = body.alerts;
  if (!found) throw new Error('no alert');
  alert = found;
});
afterAll(() => server.stop());

const guide = async (): Promise<Guide> => (await server.json<Guide>(`/api/alerts/${alert.id}/guide`)).body;
const answer = <Answer = StepState>(step: string, given: object) =>
  server.send<Answer>('PUT', `/api/alerts/${alert.id}/guide/${step}`, { note: '', evidence: [], version: 0, ...given });

test('a guide comes with the values of its alert', async () => {
  const { guide: steps, states, fields, queries, exceptionEntries, suggestion } = await guide();
  expect(states).toHaveLength(steps.steps.length);
  expect(states.every((state) => state.version === 0 && state.finding === null)).toBe(true);
  expect(fields['command-line']).toContainEqual({ field: 'process.command_line', values: [alert.commandLine] });
  expect(queries['command-line']?.kql).toContain('process.command_line:"');
  expect(Date.parse(queries['command-line']?.from ?? '')).toBe(Date.parse(alert.firstSeen) - 7 * 86_400_000);
  expect(Object.values(exceptionEntries).flat().length).toBeGreaterThan(0);
  expect(suggestion).toBeNull();
});

test('the query of a step finds the events of the alert', async () => {
  const path = `/api/alerts/${alert.id}/guide/command-line/run`;
  const { status, body } = await server.send<z.output<typeof runGuideQuery.response>>('POST', path, {});
  expect(status).toBe(200);
  expect(body.events.every((event) => event.commandLine === alert.commandLine)).toBe(true);
  expect(body.total).toBeGreaterThanOrEqual(alert.eventCount);
  expect((await server.send('POST', `/api/alerts/${alert.id}/guide/none/run`, {})).status).toBe(404);
});

test('an answer is kept with note and evidence, and counts', async () => {
  const evidence = [{ event: 'some-event', summary: 'sh -c id' }];
  const { status, body } = await answer('command-line', { finding: 'suspicious', note: 'id as www-data', evidence });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    finding: 'suspicious',
    author: 'anna',
    version: 1,
    evidence: [{ event: 'some-event' }],
  });
  const again = await answer('command-line', { finding: 'suspicious', evidence, version: 1 });
  expect(again.body.evidence[0]?.pinnedAt).toBe(body.evidence[0]?.pinnedAt);
  const { body: detail } = await server.json<AlertDetail>(`/api/alerts/${alert.id}`);
  expect(detail.alert.stepsAnswered).toBe(1);
  expect(detail.activity.at(-1)).toMatchObject({ actor: 'anna', action: 'step' });
});

test('of two answers to the same version the second is refused, with what is there', async () => {
  expect((await answer('parent', { finding: 'expected', note: 'a deploy' })).status).toBe(200);
  const { status, body } = await answer<Problem>('parent', { finding: 'suspicious' });
  expect([status, body.code]).toEqual([409, 'conflict']);
  expect(body.details).toContainEqual({ path: 'note', message: 'a deploy' });
  const states = (await guide()).states;
  expect(states.find((state) => state.step === 'parent')).toMatchObject({ finding: 'expected', version: 1 });
});

test('answers lead to a suggestion', async () => {
  await answer('user', { finding: 'suspicious' });
  expect((await guide()).suggestion?.verdict).toBe('true-positive-impact');
});

test('a step that the guide does not have is refused', async () => {
  expect((await answer('none', { finding: 'done' })).status).toBe(404);
  expect((await server.json('/api/alerts/none/guide')).status).toBe(404);
});
