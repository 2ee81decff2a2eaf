import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { getRule } from '#shared/api/rules.ts';
import { startTestServer } from './testing/test-server.ts';

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

test('after a restart the store has the fields of the rules, filled from the records that it had already', async () => {
  const first = await startTestServer();
  await first.upload(`${JSON.stringify(event('a', 443))}\n${JSON.stringify(event('b', 80))}\n`);
  await first.send('POST', '/api/import', { text: JSON.stringify(rule), rules: [1] });
  // Until then its runs say what they lack.
  await first.send('POST', '/api/replay', {});
  const before = await first.json<z.output<typeof getRule.response>>('/api/rules/stopped-trails');
  expect(before.body.runs[0]?.warnings.join('\n')).toContain(
    'have no aws.cloudtrail.flattened.request_parameters.name, source.port, source.ip yet',
  );
  const second = await first.restart();
  try {
    await second.send('POST', '/api/replay', {});
    const { body } = await second.json<z.output<typeof getRule.response>>('/api/rules/stopped-trails');
    expect(body.alerts.all).toBe(1);
  } finally {
    await second.stop();
  }
}, 60_000);
