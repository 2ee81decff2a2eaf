import { expect, test } from 'vitest';
import type { z } from 'zod';
import { previewRule } from '#shared/api/rule-editing.ts';
import type { getRule } from '#shared/api/rules.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const rule = {
  rule_id: 'r1',
  name: 'Stopped trails',
  description: '',
  severity: 'low',
  risk_score: 1,
  type: 'query',
  language: 'kuery',
  query:
    'event.module:aws and aws.cloudtrail.flattened.request_parameters.name:main* and source.port > 400 and source.ip:10.0.0.0/8',
};

const event = (id: string, port: number): object => ({
  '@timestamp': '2026-11-21T12:00:00Z',
  event: { id, module: 'aws' },
  source: { ip: '10.1.2.3', port },
  aws: { cloudtrail: { flattened: { request_parameters: { name: 'main-trail' } } } },
});

test('a rule reads fields that the store had not, of the records that were there already, as soon as it is imported', async () => {
  const server = await startTestServer();
  try {
    await server.upload(`${JSON.stringify(event('a', 443))}\n${JSON.stringify(event('b', 80))}\n`);
    await server.send('POST', '/api/import', { text: JSON.stringify(rule), rules: [1] });
    await server.send('POST', '/api/replay', {});
    expect(await alertsOf(server)).toBe(1);
    await server.upload(`${JSON.stringify(event('c', 8443))}\n`);
    await server.send('POST', '/api/replay', {});
    expect(await alertsOf(server)).toBe(2);
  } finally {
    await server.stop();
  }
}, 60_000);

test('what an imported rule reads is there after a restart', async () => {
  const first = await startTestServer();
  await first.upload(`${JSON.stringify(event('a', 443))}\n${JSON.stringify(event('b', 80))}\n`);
  await first.send('POST', '/api/import', { text: JSON.stringify(rule), rules: [1] });
  const second = await first.restart();
  try {
    await second.send('POST', '/api/replay', {});
    expect(await alertsOf(second)).toBe(1);
  } finally {
    await second.stop();
  }
}, 60_000);

test('a changed rule reads what it names from now on, and its preview before', async () => {
  const server = await startTestServer();
  try {
    await server.upload(`${JSON.stringify(event('a', 443))}\n${JSON.stringify(event('b', 80))}\n`);
    const simple = { ...rule, query: 'event.module:aws' };
    await server.send('POST', '/api/import', { text: JSON.stringify(simple), rules: [1] });
    const preview = async (query: string) => {
      const asked = { slug: 'stopped-trails', language: 'kuery', changes: { query } };
      const answer = await server.send('POST', '/api/rules/preview', asked);
      return previewRule.response.parse(answer.body);
    };
    const known = await preview('event.module:aws and destination.port > 5 or source.port > 400');
    expect(known.outcome?.eventsMatched).toBe(1);
    const guessed = await preview('aws.cloudtrail.flattened.request_parameters.name:main*');
    expect(guessed.outcome).toBeNull();
    expect(guessed.diagnostics.map(({ message }) => message).join()).toContain('when the rule is saved');
    const changed = await server.send('PUT', '/api/rules/stopped-trails', {
      changes: { query: 'aws.cloudtrail.flattened.request_parameters.name:main* and source.port < 100' },
      why: 'narrower',
      override: 'none was raised yet',
      version: 1,
    });
    expect(changed.status).toBe(200);
    await server.send('POST', '/api/replay', {});
    expect(await alertsOf(server)).toBe(1);
  } finally {
    await server.stop();
  }
}, 60_000);

async function alertsOf(server: TestServer): Promise<number> {
  const { body } = await server.json<z.output<typeof getRule.response>>('/api/rules/stopped-trails');
  return body.alerts.all;
}
