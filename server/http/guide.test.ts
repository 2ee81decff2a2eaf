import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as z from 'zod';
import type { Alert } from '#shared/alert/alert.ts';
import type { AlertDetail, listAlerts } from '#shared/api/alerts.ts';
import type { Problem } from '#shared/api/endpoint.ts';
import type { alertGuide, checkGuide, ruleGuide, runGuideQuery } from '#shared/api/guide.ts';
import type { StepState } from '#shared/guide/guide.ts';
import { RECORDED, startTestServer, type TestServer } from './testing/test-server.ts';

type Queue = z.output<typeof listAlerts.response>;
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

test('an answer that later data contradicts is out of date, says why, and counts no longer', async () => {
  const { body: queue } = await server.json<{ alerts: Alert[] }>(
    '/api/alerts?rule=unusual-child-execution-via-web-server&limit=1',
  );
  const [other] = queue.alerts;
  if (!other) throw new Error('no alert');
  const path = `/api/alerts/${other.id}/guide`;
  const read = async () => (await server.json<Guide>(path)).body;
  const [asked] = (await read()).guide.steps.filter(({ query }) => query?.kql.includes('{{process.executable}}'));
  if (!asked) throw new Error('no step');
  const stateOf = async () => (await read()).states.find(({ step }) => step === asked.id);
  const put = (given: object) =>
    server.send<StepState>('PUT', `${path}/${asked.id}`, { note: '', evidence: [], version: 0, ...given });
  await put({ finding: 'expected' });
  const recheck = async () => (await server.send<{ changed: boolean }>('POST', `${path}/recheck`, {})).body.changed;
  expect(await recheck()).toBe(false);
  expect((await stateOf())?.changes).toEqual([]);

  const { body: about } = await server.json<{ events: { id: string }[] }>(`/api/alerts/${other.id}/events`);
  const { body: event } = await server.json<{ document: string }>(`/api/events/${about.events[0]?.id}`);
  const document = JSON.parse(event.document) as { '@timestamp': string; event: object };
  const later = new Date(Date.parse(document['@timestamp']) + 1000).toISOString();
  const again = { ...document, '@timestamp': later, event: { ...document.event, id: 'seen-later' } };
  await server.upload(Buffer.from(`${JSON.stringify(again)}\n`));

  // The server itself may have looked before.
  await recheck();
  expect(await recheck()).toBe(false);
  const stale = await stateOf();
  expect(stale?.changes).toContainEqual({ kind: 'rows', before: expect.any(Number), after: expect.any(Number) });
  const { activity } = (await server.json<AlertDetail>(`/api/alerts/${other.id}`)).body;
  expect(activity.at(-1)).toMatchObject({
    actor: 'oddspawn',
    action: 'stale',
    detail: expect.stringContaining('rows'),
  });

  // The event may contradict answers of another alert too, once the server has looked at them.
  const listed = async () => (await server.json<Queue>('/api/alerts?answers=stale')).body;
  const { alerts, counts } = await listed();
  expect(alerts.find(({ id }) => id === other.id)?.stepsStale).toBe(1);
  expect(counts.stale).toBe(alerts.length);
  const told = await server.json<{ answers: unknown }>(`${path}/stale`);
  expect(told.body.answers).toEqual([{ step: asked.id, title: asked.title, changes: stale?.changes }]);

  // A note does not make the answer stand; saying that it still holds does.
  const noted = await put({ finding: 'expected', note: 'hm', version: stale?.version });
  expect(noted.body.changes).toEqual(stale?.changes);
  const confirmed = await put({ finding: 'expected', version: noted.body.version, confirm: true });
  expect(confirmed.body.changes).toEqual([]);
  expect(await recheck()).toBe(false);
  expect((await listed()).alerts.map(({ id }) => id)).not.toContain(other.id);
});

const EDITED = 'unusual-command-from-web-server-parent';
type RuleGuide = z.output<typeof ruleGuide.response>;

test('a lead edits a guide: alerts that are answered keep theirs until they go over, new ones follow', async () => {
  const edit = `/api/rules/${EDITED}/guide`;
  const ofRule = async () => (await server.json<RuleGuide>(edit)).body;
  const { guide: shipped, version } = await ofRule();
  if (!shipped) throw new Error('no guide');
  expect([version, shipped.steps.length > 3]).toEqual([0, true]);
  const [first, ...rest] = shipped.steps;
  if (!first) throw new Error('no step');
  const conditions = [{ kql: 'process.name:*', leaning: 'suspicious', reason: 'It is a process.' }];
  const steps = [
    { ...first, id: 'fresh', title: 'Ask **us**', conditions, findings: ['suspicious', 'unknown'] },
    ...rest,
  ];
  const save = (body: object) =>
    server.send<Problem & { version: number }>('PUT', edit, { version: 0, why: 'Ours is better', ...body });

  const wrong = [{ ...first, query: { ...first.query, kql: 'process.name:(' }, fields: ['nope'] }, ...rest];
  expect(await save({ guide: { ...shipped, steps: wrong } })).toMatchObject({
    status: 400,
    body: {
      details: [
        { path: 'body.guide.steps.0.fields', message: 'The events have no field nope.' },
        { path: 'body.guide.steps.0.query.kql' },
      ],
    },
  });
  expect((await save({ guide: { ...shipped, steps }, why: ' ' })).status).toBe(400);
  expect(await save({ guide: { ...shipped, steps } })).toMatchObject({ status: 200, body: { version: 1 } });
  expect((await save({ guide: shipped })).status).toBe(409);

  // This alert has answers by the shipped guide.
  const kept = await guide();
  expect(kept.guide.steps[0]?.id).toBe(first.id);
  expect(kept.newer).toMatchObject({ actor: 'anna', why: 'Ours is better' });
  const { body: queue } = await server.json<{ alerts: Alert[] }>(`/api/alerts?rule=${EDITED}&limit=2`);
  const untouched = queue.alerts.find(({ id }) => id !== alert.id);
  const follows = (await server.json<Guide>(`/api/alerts/${untouched?.id}/guide`)).body;
  expect(follows.newer).toBeNull();
  expect(follows.guide.steps[0]).toMatchObject({ id: 'fresh', findings: ['suspicious', 'unknown'] });
  expect(follows.hints['fresh']).toContainEqual({ leaning: 'suspicious', reason: 'It is a process.' });

  await server.send('POST', `/api/alerts/${alert.id}/guide/adopt`, {});
  const moved = await guide();
  expect(moved.newer).toBeNull();
  expect(moved.left.map(({ step }) => step)).toEqual([first.id]);
  expect(moved.states.find(({ step }) => step === 'parent')?.finding).toBe('expected');

  const back = await server.send('POST', `${edit}/revert`, { to: 0, version: 1, why: 'Theirs was better' });
  expect(back).toMatchObject({ status: 200, body: { version: 2 } });
  const restored = await ofRule();
  expect(restored.guide).toEqual(shipped);
  expect(restored.versions.map(({ version: one, why, actor }) => [one, why, actor])).toEqual([
    [2, 'Theirs was better', 'anna'],
    [1, 'Ours is better', 'anna'],
  ]);
  server = await server.restart();
  expect((await ofRule()).version).toBe(2);
}, 60_000);

test('a step is tried against an alert before it is saved', async () => {
  const { body: present } = await server.json<RuleGuide>(`/api/rules/${EDITED}/guide`);
  const tried = async (body: object) =>
    (
      await server.send<z.output<typeof checkGuide.response>>('POST', `/api/rules/${EDITED}/guide/check`, {
        guide: present.guide,
        step: 'command-line',
        alert: alert.id,
        ...body,
      })
    ).body;
  const answered = await tried({});
  const { problems, preview } = answered;
  expect(problems).toEqual([]);
  expect(preview?.fields[0]).toEqual({ field: 'process.command_line', values: [alert.commandLine] });
  expect(preview?.rows).toBeGreaterThan(0);
  expect((await tried({ alert: null })).preview).toBeNull();
});
