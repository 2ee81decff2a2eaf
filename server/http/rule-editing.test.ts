import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as z from 'zod';
import type { Problem } from '#shared/api/endpoint.ts';
import type { checkRuleText, previewRule, ruleVersions } from '#shared/api/rule-editing.ts';
import type { getRule, listRules } from '#shared/api/rules.ts';
import { RECORDED, startTestServer, type TestServer } from './testing/test-server.ts';

type Listed = z.output<typeof listRules.response>;
type Detail = z.output<typeof getRule.response>;
type Preview = z.output<typeof previewRule.response>;

const SHIPPED = 'unusual-command-from-web-server-parent';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.upload(await readFile(RECORDED));
}, 60_000);
afterAll(() => server.stop());

const rule = { rule_id: 'r7', name: 'Shells', description: '', severity: 'low', risk_score: 1, type: 'query' };
const exported = [
  { ...rule, language: 'kuery', query: 'process.name:sh', note: '## Investigation steps\n- Look at `process.name`.' },
  { ...rule, rule_id: 'r8', type: 'eql', language: 'eql' },
  {
    ...rule,
    rule_id: 'r9',
    name: 'Many',
    type: 'threshold',
    query: '*',
    threshold: { field: ['host.name'], value: 2 },
  },
  { list_id: 'x', type: 'detection' },
]
  .map((line) => JSON.stringify(line))
  .join('\n');

const listed = async () => (await server.json<Listed>('/api/rules')).body.rules;
const detail = async (slug: string) => (await server.json<Detail>(`/api/rules/${slug}`)).body;
const address = (slug: string) => `/api/rules/${slug}`;

test('an export is shown before it is taken, and what cannot be evaluated is refused', async () => {
  const { body } = await server.send<z.output<typeof checkRuleText.response>>('POST', '/api/rules/check', {
    text: exported,
  });
  expect(body.rules.map(({ line, ok, type, unsupported }) => [line, ok, type, unsupported])).toEqual([
    [1, true, 'query', []],
    [2, false, 'eql', ['eql']],
    [3, true, 'threshold', []],
  ]);
  expect(body.rest.exceptionLists).toBe(1);
  const refused = await server.send<{ code: string }>('POST', '/api/import', { text: exported, rules: [1, 2] });
  expect(refused).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  expect(await listed()).toHaveLength(2);
});

test('imported rules run beside the shipped ones, keep their guide, and survive a restart', async () => {
  const { body } = await server.send('POST', '/api/import', { text: exported, rules: [1, 3] });
  expect(body).toMatchObject({ added: ['shells', 'many'] });
  expect((await listed()).map(({ slug, origin }) => [slug, origin])).toEqual([
    ['many', 'own'],
    ['shells', 'own'],
    ['unusual-child-execution-via-web-server', 'shipped'],
    [SHIPPED, 'shipped'],
  ]);
  await server.send('POST', '/api/replay', {});
  const shells = await detail('shells');
  expect(shells.guide?.steps.map(({ ask }) => ask)).toEqual(['Look at process.name.']);
  expect(shells.alerts.all).toBeGreaterThan(0);
  expect(shells.runs[0]).toMatchObject({ status: 'succeeded', eventsScanned: 213 });
  const many = await detail('many');
  expect(many.alerts).toEqual({ all: 1, open: 1 });
  const again = await server.send<{ runs: { alertsRaised: number; alertsRecurred: number }[] }>(
    'POST',
    '/api/replay',
    {},
  );
  expect(again.body.runs.every(({ alertsRaised, alertsRecurred }) => alertsRaised + alertsRecurred === 0)).toBe(true);
  server = await server.restart();
  expect((await listed()).map(({ slug }) => slug)).toContain('many');
}, 60_000);

test('a shipped rule is changed in place, and put back', async () => {
  const { rule: before } = await detail(SHIPPED);
  const changes = { query: before.query.replace('cc < 5', 'cc < 9'), maxSignals: 50, name: before.name };
  const reasons = { why: 'Quieter', override: 'the case of five events is settled otherwise' };
  expect(await server.send('PUT', address(SHIPPED), { changes, version: 0, ...reasons })).toMatchObject({
    status: 200,
  });
  const changed = await detail(SHIPPED);
  expect(changed).toMatchObject({
    origin: 'changed',
    rule: { maxSignals: 50 },
    version: 1,
    custom: { createdBy: 'anna' },
  });
  expect(changed.original).toMatchObject({ maxSignals: 100, query: before.query });
  expect(await server.send('PUT', address(SHIPPED), { changes, version: 0, ...reasons })).toMatchObject({
    status: 409,
  });
  expect(await server.send('PUT', address(SHIPPED), { changes: {}, version: 1 })).toMatchObject({ status: 200 });
  await server.send('DELETE', address(SHIPPED), {});
  expect(await detail(SHIPPED)).toMatchObject({ origin: 'shipped', custom: null, rule: { maxSignals: 100 } });
  expect(await server.send('DELETE', address(SHIPPED), {})).toMatchObject({ status: 404 });
});

test('every state of a rule is kept with who, when and why, and can be gone back to', async () => {
  type Versions = z.output<typeof ruleVersions.response>['versions'];
  const versions = async (slug = SHIPPED) =>
    (await server.json<{ versions: Versions }>(`${address(slug)}/versions`)).body.versions;
  const revert = (to: number, version: number, more: object = {}, slug = SHIPPED) =>
    server.send<Problem>('POST', `${address(slug)}/revert`, { to, version, why: 'as it was', ...more });
  const before = await detail(SHIPPED);
  const start = before.version;
  const put = (changes: object, version: number) =>
    server.send('PUT', address(SHIPPED), { changes, version, why: 'tried' });
  expect(await put({ severity: 'high' }, start)).toMatchObject({ status: 200 });
  expect(await put({ severity: 'high', riskScore: 90 }, start + 1)).toMatchObject({ status: 200 });
  expect(await revert(start + 1, start)).toMatchObject({ status: 409 });
  expect(await revert(start + 1, start + 2)).toMatchObject({ status: 200 });
  expect(await detail(SHIPPED)).toMatchObject({ version: start + 3, rule: { severity: 'high', riskScore: 47 } });
  // Losing a case asks for a reason here as in the form.
  const lossy = { query: before.rule.query.replace('cc < 5', 'cc < 0') };
  expect(
    await server.send('PUT', address(SHIPPED), {
      changes: lossy,
      version: start + 3,
      override: 'to prove that it asks',
    }),
  ).toMatchObject({ status: 200 });
  expect(await revert(0, start + 4)).toMatchObject({ status: 200 });
  expect((await revert(start + 4, start + 5)).body.details).toMatchObject([{ path: 'body.override' }]);
  expect(await detail(SHIPPED)).toMatchObject({ version: start + 5, origin: 'shipped', rule: { severity: 'medium' } });
  const kept = await versions();
  expect(kept.slice(0, 5).map(({ version, actor, why, changes }) => [version - start, actor, why, changes])).toEqual([
    [5, 'anna', 'Back to the shipped version. as it was', null],
    [4, 'anna', expect.stringContaining('to prove that it asks'), lossy],
    [3, 'anna', `Back to version ${start + 1}. as it was`, { severity: 'high' }],
    [2, 'anna', 'tried', { severity: 'high', riskScore: 90 }],
    [1, 'anna', 'tried', { severity: 'high' }],
  ]);
  expect(await revert(99, start + 5)).toMatchObject({ status: 404 });

  // A rule of the users' was never shipped, and its states go with it.
  const { body: copy } = await server.send<{ slug: string }>('POST', `${address(SHIPPED)}/duplicate`, {});
  expect((await versions(copy.slug)).map(({ version }) => version)).toEqual([1]);
  expect(await revert(0, 1, {}, copy.slug)).toMatchObject({ status: 404 });
  await server.send('DELETE', address(copy.slug), {});
  const { body: again } = await server.send<{ slug: string }>('POST', `${address(SHIPPED)}/duplicate`, {});
  expect((await versions(again.slug)).map(({ version }) => version)).toEqual([1]);
  await server.send('DELETE', address(again.slug), {});
});

test('a copy is switched off and stands by itself', async () => {
  const { body } = await server.send<{ slug: string }>('POST', `${address(SHIPPED)}/duplicate`, {});
  expect(body.slug).toBe(`${SHIPPED}-copy`);
  const copy = await detail(body.slug);
  expect(copy).toMatchObject({ origin: 'own', rule: { enabled: false, name: expect.stringContaining('(copy)') } });
  expect(copy.cases.length).toBeGreaterThan(0);
  await server.send('DELETE', address(body.slug), {});
  expect((await server.json(address(body.slug))).status).toBe(404);
});

test('a preview tells what a change would remove, keep and create', async () => {
  const { rule: saved } = await detail(SHIPPED);
  const ask = async (body: object) => (await server.send<Preview>('POST', '/api/rules/preview', body)).body;
  const same = await ask({ slug: SHIPPED, changes: {} });
  const { comparison, alerts } = same.outcome ?? {};
  expect(alerts).toBeGreaterThan(0);
  expect(comparison).toMatchObject({ kept: alerts, removed: 0, created: 0 });
  const none = await ask({ slug: SHIPPED, changes: { query: saved.query.replace('cc < 5', 'cc < 0') } });
  expect(none.outcome).toMatchObject({ alerts: 0, comparison: { removed: alerts, kept: 0 } });
  expect(none.outcome?.comparison?.removedExamples[0]?.event).toEqual(expect.any(String));
  const wrong = await ask({ slug: SHIPPED, changes: { query: 'from x | where nope == 1' } });
  expect(wrong).toMatchObject({ outcome: null, diagnostics: [{ severity: 'error', span: { from: 15 } }] });
});

test('a query by itself is previewed too', async () => {
  const ask = (body: object) => server.send<Preview>('POST', '/api/rules/preview', body);
  const found = await ask({ changes: { query: 'process.name:sh' } });
  expect(found.body.outcome).toMatchObject({ comparison: null, cut: expect.any(Number) });
  expect(found.body.outcome?.alerts).toBeGreaterThan(0);
  expect(await ask({ changes: {} })).toMatchObject({ status: 400 });
  const whole = await ask({ changes: {}, text: exported.split('\n')[2] });
  expect(whole.body.outcome).toMatchObject({
    alerts: 1,
    comparison: null,
    examples: [{ keys: { 'host.name': expect.any(String) } }],
  });
  expect(await ask({ changes: {}, text: exported.split('\n')[1] })).toMatchObject({ status: 400 });
});

test('a change that loses a true positive is shown, and saved with a reason only', async () => {
  const { body: queue } = await server.json<{ alerts: { id: string; commandLine: string }[] }>(
    `/api/alerts?rule=${SHIPPED}`,
  );
  const [lost] = queue.alerts;
  if (!lost) throw new Error('no alert');
  await server.send('POST', '/api/alerts/changes', {
    selection: { ids: [lost.id] },
    change: { status: 'closed', verdict: 'true-positive-impact' },
  });
  const { rule: saved, version } = await detail(SHIPPED);
  const changes = { query: saved.query.replace('cc < 5', 'cc < 1') };
  const shown = await server.send<Preview>('POST', '/api/rules/preview', { slug: SHIPPED, changes });
  expect(shown.body.outcome?.comparison).toMatchObject({
    removedTruePositives: 1,
    verdicts: { removed: { 'true-positive-impact': 1 } },
  });
  const { removedExamples = [], brokenCases = [] } = shown.body.outcome?.comparison ?? {};
  expect(removedExamples[0]).toMatchObject({ id: lost.id, label: lost.commandLine, stored: true });
  expect(removedExamples[0]?.because).toContain('cc < 1');
  expect(brokenCases.length).toBeGreaterThan(0);

  const put = (more: object) => server.send('PUT', address(SHIPPED), { changes, version, ...more });
  for (const more of [{}, { why: 'because it is loud' }, { override: 'ok' }]) {
    const refused = await put(more);
    expect(refused).toMatchObject({
      status: 400,
      body: {
        message: expect.stringMatching(/lose 1 true positive\. It breaks \d+ cases/),
        details: [{ path: 'body.override' }],
      },
    });
  }
  expect((await detail(SHIPPED)).origin).toBe('shipped');
  expect(await put({ override: 'the web shell is caught by a rule of its own' })).toMatchObject({ status: 200 });
  // Back to how it was: what was lost is found again, so nobody is asked.
  const back = await server.send<Preview>('POST', '/api/rules/preview', { slug: SHIPPED, changes: {} });
  expect(back.body.outcome?.comparison).toMatchObject({
    removed: 0,
    verdicts: { created: { 'true-positive-impact': 1 } },
  });
  expect(await server.send('DELETE', address(SHIPPED), {})).toMatchObject({ status: 200 });
}, 60_000);

test('words and severity are changed without a replay, and without a reason', async () => {
  const changes = { name: 'Rare shells', severity: 'high', riskScore: 70 };
  expect(
    await server.send('PUT', address(SHIPPED), { changes, version: (await detail(SHIPPED)).version }),
  ).toMatchObject({
    status: 200,
  });
  expect((await detail(SHIPPED)).rule).toMatchObject(changes);
  await server.send('DELETE', address(SHIPPED), {});
});

test('an alert that goes by other keys is not lost', async () => {
  const { rule: saved } = await detail(SHIPPED);
  const changes = {
    query: saved.query.replace('by process.command_line, process.working_directory', 'by process.command_line'),
  };
  expect(changes.query).not.toBe(saved.query);
  const { body } = await server.send<Preview>('POST', '/api/rules/preview', { slug: SHIPPED, changes });
  expect(body.outcome?.comparison).toMatchObject({ removed: 0, removedTruePositives: 0 });
});

test('cases that an exception carries run with those of the rule, and a change that breaks one needs a reason', async () => {
  const { body: queue } = await server.json<{ alerts: { id: string; eventCount: number }[] }>(
    `/api/alerts?rule=${SHIPPED}&limit=100`,
  );
  const alert = queue.alerts.find(({ eventCount }) => eventCount === 1);
  const { body: kept } = await server.json<{ name: string }>(`/api/exceptions/case?alert=${alert?.id}`);
  const made = await server.send<{ id: string }>('POST', '/api/exceptions', {
    ...{
      rule: SHIPPED,
      name: 'Backups',
      reason: 'nightly',
      stage: 'event',
      enabled: true,
      expiresAt: null,
      origin: null,
    },
    entries: [{ type: 'match', field: 'process.name', operator: 'included', value: 'borg' }],
    cases: [{ ...kept, name: 'must keep alerting' }],
  });
  expect(made.status).toBe(200);
  const { cases, rule: saved, version } = await detail(SHIPPED);
  expect(cases.at(-1)).toMatchObject({
    name: 'must keep alerting',
    because: 'kept with the exception “Backups”',
    passed: true,
  });
  const changes = { query: saved.query.replace('cc < 5', 'cc < 1') };
  const shown = await server.send<Preview>('POST', '/api/rules/preview', { slug: SHIPPED, changes });
  expect(shown.body.outcome?.comparison?.brokenCases.map(({ name }) => name)).toContain('must keep alerting');
  const refused = await server.send('PUT', address(SHIPPED), { changes, version });
  expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining('must keep alerting') } });
  await server.send('DELETE', `/api/exceptions/${made.body.id}`, {});
  expect((await detail(SHIPPED)).cases.map(({ name }) => name)).not.toContain('must keep alerting');
}, 60_000);
