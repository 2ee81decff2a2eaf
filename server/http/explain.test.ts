import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as z from 'zod';
import { childEvent, NEW_CHILD, RARE_COMMAND, shellEvent } from '#server/rules/testing/rules.ts';
import type { Problem } from '#shared/api/endpoint.ts';
import type { explainEvent } from '#shared/api/explain.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

type Explained = z.output<typeof explainEvent.response>;

const HOSTILE = `o'dd"; DROP TABLE events; --`;
const at = (time: string): string => `2026-03-08T${time}:00.000Z`;
const EVENTS = [
  shellEvent('rare', at('09:30')),
  shellEvent(HOSTILE, at('09:31'), { 'process.command_line': `sh -c "<script>"` }),
  ...Array.from({ length: 6 }, (_, index) =>
    shellEvent(`often${index}`, at(`09:4${index}`), { 'process.command_line': 'sh -c date' }),
  ),
  shellEvent('other', at('09:50'), { 'process.name': 'ls' }),
  childEvent('first', at('09:10')),
  childEvent('again', at('09:55')),
  childEvent('spared', at('09:20'), { 'host.id': 'h2', 'host.name': 'web2' }),
];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.upload(EVENTS.map((event) => JSON.stringify(event)).join('\n'));
}, 60_000);
afterAll(() => server.stop());

const ask = <Answer = Explained>(query: Readonly<Record<string, string>>) =>
  server.json<Answer>(`/api/explain?${new URLSearchParams(query).toString()}`);

async function explained(event: string, rule: string) {
  const { status, body } = await ask({ event, rule });
  expect(status).toBe(200);
  expect(body.explanations).toHaveLength(1);
  return body.explanations[0];
}

test.each([['rare'], [HOSTILE]])(
  'an event in an alert: the run, its group and the conditions with what they saw',
  async (id) => {
    const found = await explained(id, RARE_COMMAND);
    expect(found).toMatchObject({
      fate: 'alerts',
      at: at('10:00'),
      clauses: { outcome: 'pass' },
      group: { events: 1 },
    });
    expect(found?.group?.conditions.map(({ text, outcome, saw }) => [text, outcome, saw])).toEqual([
      ['agent_count == 1', 'pass', ['1']],
      ['cc < 5', 'pass', ['1']],
    ]);
  },
);

test('why an event did not alert: its group, its own fields, or what was there before', async () => {
  expect(await explained('often3', RARE_COMMAND)).toMatchObject({
    fate: 'group',
    because: 'It does not meet cc < 5 (here 6).',
    group: {
      keys: { 'process.command_line': 'sh -c date' },
      events: 6,
      conditions: [{ outcome: 'pass' }, { text: 'cc < 5', outcome: 'fail', saw: ['6'] }],
    },
  });
  expect(await explained('other', RARE_COMMAND)).toMatchObject({ fate: 'no-match', clauses: { outcome: 'fail' } });
  expect(await explained('first', NEW_CHILD)).toMatchObject({ fate: 'alerts' });
  expect(await explained('again', NEW_CHILD)).toMatchObject({ fate: 'not-new', firstSeen: at('09:10') });
});

test('the exceptions in force are among the reasons', async () => {
  expect(await explained('spared', NEW_CHILD)).toMatchObject({ fate: 'alerts', exceptions: [] });
  const { status } = await server.send('POST', '/api/exceptions', {
    ...{ rule: NEW_CHILD, name: 'web2 is being tested', reason: 'a test', stage: 'event', enabled: true },
    ...{ expiresAt: null, origin: null, override: 'all of it is meant' },
    entries: [{ type: 'match', field: 'host.id', operator: 'included', value: 'h2' }],
  });
  expect(status).toBe(200);
  expect(await explained('spared', NEW_CHILD)).toMatchObject({
    fate: 'excepted',
    exceptions: ['web2 is being tested'],
  });
});

test('without a rule every one is asked that is switched on', async () => {
  const rules = async () => (await ask({ event: 'rare' })).body.explanations.map(({ rule, fate }) => [rule, fate]);
  expect(await rules()).toEqual([
    [NEW_CHILD, 'no-match'],
    [RARE_COMMAND, 'alerts'],
  ]);
  await server.send('PATCH', `/api/rules/${RARE_COMMAND}`, { enabled: false, reason: 'a test' });
  expect(await rules()).toEqual([[NEW_CHILD, 'no-match']]);
  expect(await explained('rare', RARE_COMMAND)).toMatchObject({ fate: 'alerts' });
});

test('of many rules it is said how many were not asked', async () => {
  const many = Array.from({ length: 60 }, (_, index) => ({
    ...{ rule_id: `r${index}`, name: `Rule ${index}`, description: '', severity: 'low', risk_score: 1 },
    ...{ type: 'query', language: 'kuery', query: 'process.name:sh' },
  }));
  const text = many.map((rule) => JSON.stringify(rule)).join('\n');
  await server.send('POST', '/api/import', { text, rules: many.map((_, index) => index + 1) });
  const { body } = await ask({ event: 'rare' });
  expect([body.explanations.length, body.unasked]).toEqual([50, 11]);
  expect((await ask({ event: 'rare', rule: 'rule-59' })).body).toMatchObject({ unasked: 0 });
}, 30_000);

test.each([
  [{ event: 'nowhere' }, 404, { code: 'not-found', message: 'There is no such event.' }],
  [{ event: 'rare', rule: 'no-such-rule' }, 404, { code: 'not-found', message: 'There is no such rule.' }],
  [{ event: 'rare', rule: '../rules' }, 404, { code: 'not-found' }],
  [{ rule: RARE_COMMAND }, 400, { code: 'invalid-request', details: [{ path: 'query.event' }] }],
  [{ event: '' }, 400, { code: 'invalid-request', details: [{ path: 'query.event' }] }],
  [{ event: 'x'.repeat(501) }, 400, { code: 'invalid-request', details: [{ path: 'query.event' }] }],
])('%j is answered %i', async (query, status, problem) => {
  const answer = await ask<Problem>(query as Readonly<Record<string, string>>);
  expect(answer).toMatchObject({ status, body: problem });
});
