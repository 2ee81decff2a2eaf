import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type * as z from 'zod';
import type { Alert } from '#shared/alert/alert.ts';
import type { AlertDetail } from '#shared/api/alerts.ts';
import type { Problem } from '#shared/api/endpoint.ts';
import type { checkException } from '#shared/api/exceptions.ts';
import type { Exception, ExceptionDraft, ExceptionInput } from '#shared/exceptions/item.ts';
import { readKibanaExport } from '#shared/rule/kibana-ndjson.ts';
import { RECORDED, startTestServer, type TestServer } from './testing/test-server.ts';

type Check = z.output<typeof checkException.response>;

const RULE = 'unusual-child-execution-via-web-server';

/** The rule's own cases alert on file(1). */
const OVERRIDE = 'this host runs it for every upload';

let server: TestServer;
let now = Date.parse('2026-11-21T12:00:00Z');
beforeEach(async () => {
  server = await startTestServer({ surroundings: { clock: () => ++now } });
});
afterEach(() => server.stop());

const draft = (changes: Partial<ExceptionInput> = {}): ExceptionInput => ({
  rule: RULE,
  name: 'file(1) of the upload check',
  reason: 'the application looks at uploads',
  stage: 'event',
  entries: [{ type: 'match', field: 'process.executable', operator: 'included', value: '/usr/bin/file' }],
  enabled: true,
  expiresAt: null,
  origin: null,
  ...changes,
});
/** What the recorded alerts' rows show of file(1). */
const COMMANDS: ExceptionInput['entries'] = [
  { type: 'wildcard', field: 'process.executable', operator: 'included', value: '/usr/bin/f?le' },
];
const create = (changes?: Partial<ExceptionInput>) =>
  server.send<Exception>('POST', '/api/exceptions', { ...draft(changes), override: OVERRIDE });
const alertsOf = async (rule: string): Promise<Alert[]> =>
  (await server.json<{ alerts: Alert[] }>(`/api/alerts?rule=${rule}`)).body.alerts;
const load = async (): Promise<unknown> => server.upload(await readFile(RECORDED));

test('an exception in force keeps alerts from being raised', async () => {
  await create();
  await load();
  expect(await alertsOf(RULE)).toEqual([]);
});

test.each<[string, Partial<ExceptionInput>]>([
  ['switched off', { enabled: false }],
  ['expired', { expiresAt: '2026-11-21T11:59:59Z' }],
  ['of another rule', { rule: 'unusual-command-from-web-server-parent' }],
])('one that is %s does not', async (_what, changes) => {
  await create(changes);
  await load();
  expect((await alertsOf(RULE)).length).toBeGreaterThan(0);
});

test('the list says which have expired', async () => {
  await create({ expiresAt: '2026-11-21T11:00:00+00:00' });
  await create({ expiresAt: '2999-01-01' });
  const { body } = await server.json<{ exceptions: (Exception & { expired: boolean })[] }>('/api/exceptions');
  expect(body.exceptions.map(({ expired, expiresAt }) => [expired, expiresAt])).toEqual([
    [false, '2999-01-01T00:00:00.000Z'],
    [true, '2026-11-21T11:00:00.000Z'],
  ]);
  expect((await create({ expiresAt: 'soon' })).status).toBe(400);
});

test('of two changes to one version the second is refused', async () => {
  const { body } = await create();
  const put = (changes: object) => server.send<Problem & Exception>('PUT', `/api/exceptions/${body.id}`, changes);
  const first = await put({ ...draft({ enabled: false }), version: 1 });
  expect(first.body).toMatchObject({ version: 2, enabled: false, createdBy: 'anna' });
  const second = await put({ ...draft({ name: 'other' }), version: 1 });
  expect([second.status, second.body.code]).toEqual([409, 'conflict']);
});

test('what is deleted is gone', async () => {
  const { body } = await create();
  const remove = () => server.json(`/api/exceptions/${body.id}`, { method: 'DELETE' });
  expect(await remove()).toEqual({ status: 200, body: { ok: true } });
  expect((await remove()).status).toBe(404);
});

test('the alert it came from says so', async () => {
  await load();
  const [alert] = await alertsOf(RULE);
  await create({ origin: { alert: alert?.id ?? '', step: null } });
  const { body } = await server.json<AlertDetail>(`/api/alerts/${alert?.id}`);
  expect(body.activity.at(-1)).toMatchObject({ action: 'exception', detail: 'created “file(1) of the upload check”' });
});

test('a check tells what would have been, and of whom analysts thought ill', async () => {
  await load();
  const alerts = await alertsOf(RULE);
  const change = { status: 'closed', verdict: 'true-positive-impact' };
  const selection = { ids: [alerts[0]?.id] };
  await server.send('POST', '/api/alerts/changes', { selection, change });
  const check = (body: object) => server.send<Check>('POST', '/api/exceptions/check', body);
  const { body } = await check(draft());
  expect(body).toMatchObject({ removed: alerts.length, kept: 0, created: 0, removedTruePositives: 1 });
  expect(body.matchedEvents).toBeGreaterThanOrEqual(alerts.length);
  expect(body.removedExamples.map((example) => example.id).toSorted()).toEqual(
    alerts.map((alert) => alert.id).toSorted(),
  );

  const { body: made } = await create();
  expect((await check(draft())).body.removed).toBe(0);
  expect((await check({ ...draft(), replaces: made.id })).body.removed).toBe(alerts.length);
});

test('what would have hidden a true positive, or breaks a case, is saved only with a reason', async () => {
  await load();
  const [alert] = await alertsOf(RULE);
  const change = { status: 'closed', verdict: 'true-positive-impact' };
  await server.send('POST', '/api/alerts/changes', { selection: { ids: [alert?.id] }, change });
  const bare = await server.send<Problem>('POST', '/api/exceptions', draft());
  expect(bare.status).toBe(400);
  expect(bare.body.message).toMatch(/hidden 1 true positive.*breaks \d+ case/);
  expect(bare.body.details).toEqual([expect.objectContaining({ path: 'body.override' })]);
  const { body } = await create();
  const { body: history } = await server.json<{ versions: { why: string }[] }>(`/api/exceptions/${body.id}/history`);
  expect(history.versions.map(({ why }) => why)).toEqual([expect.stringContaining(OVERRIDE)]);
});

test('a change of its words needs no second reason for what it hides already; a wider one does', async () => {
  await load();
  const { body } = await create();
  const put = (changes: Partial<ExceptionInput>, version: number) =>
    server.send<Problem & Exception>('PUT', `/api/exceptions/${body.id}`, { ...draft(changes), version });
  expect((await put({ tags: ['uploads'] }, 1)).body).toMatchObject({ version: 2, tags: ['uploads'] });
  const check = await server.send<Check>('POST', '/api/exceptions/check', { ...draft(), replaces: body.id });
  expect(check.body).toMatchObject({ brokenCases: [], newTruePositives: 0 });
  const wide: ExceptionInput['entries'] = [
    { type: 'exists', field: 'process.executable', operator: 'included' },
    { type: 'match', field: 'host.os.type', operator: 'included', value: 'linux' },
  ];
  expect((await put({ entries: wide }, 2)).body.message).toMatch(/breaks \d+ case/);
});

test('on results, each condition says how many alerts it holds for', async () => {
  await load();
  const alerts = await alertsOf(RULE);
  const { body } = await server.send<Check>('POST', '/api/exceptions/check', draft({ stage: 'result' }));
  expect(body).toMatchObject({ removed: alerts.length, entries: [{ events: null, alerts: alerts.length }] });
});

test('a value in other letter case, and a field that no event has, are told apart', async () => {
  await load();
  const codes = async (field: string, value: string) => {
    const entries: ExceptionInput['entries'] = [{ type: 'match', field, operator: 'included', value }];
    const { body } = await server.send<Check>('POST', '/api/exceptions/check', draft({ entries }));
    return body.diagnostics.map(({ code }) => code);
  };
  expect(await codes('process.executable', '/USR/bin/file')).toEqual(['letter-case']);
  expect(await codes('process.executable', '/usr/bin/nowhere')).toEqual(['never-held']);
  expect(await codes('container.name', 'shop')).toEqual(['absent-field']);
});

test('saved, it closes the open alerts that it would have kept away, and nobody else’s; that can be undone', async () => {
  await load();
  const others = (await server.json<{ alerts: Alert[] }>('/api/alerts')).body.alerts.filter(
    ({ rule }) => rule !== RULE,
  );
  const mine = await alertsOf(RULE);
  const saved = await server.send<{ closed: number; undo: string }>('POST', '/api/exceptions', {
    ...draft(),
    override: OVERRIDE,
    closeMatching: true,
  });
  expect(saved.body.closed).toBe(mine.length);
  const after = (await server.json<{ alerts: Alert[] }>('/api/alerts')).body.alerts;
  expect(after.filter(({ rule }) => rule === RULE).map(({ status }) => status)).toEqual(mine.map(() => 'closed'));
  expect(after.filter(({ rule }) => rule !== RULE)).toEqual(others);
  await server.send('POST', `/api/undo/${saved.body.undo}`, {});
  expect((await alertsOf(RULE)).map(({ status }) => status)).toEqual(mine.map(({ status }) => status));
});

test('it goes back to any version, also after it was deleted; every state says who and why', async () => {
  const { body } = await create();
  await server.send('PUT', `/api/exceptions/${body.id}`, {
    ...draft({ name: 'wider' }),
    override: OVERRIDE,
    version: 1,
  });
  await server.send('POST', `/api/exceptions/${body.id}/comments`, { text: 'Asked the owner.' });
  await server.json(`/api/exceptions/${body.id}`, { method: 'DELETE' });
  const back = await server.send<Exception>('POST', `/api/exceptions/${body.id}/revert`, {
    version: 1,
    override: OVERRIDE,
  });
  const { createdAt, itemId } = body;
  expect(back.body).toMatchObject({ id: body.id, itemId, createdAt, name: draft().name, enabled: true });
  expect(back.body.comments.map(({ text, author }) => [author, text])).toEqual([['anna', 'Asked the owner.']]);
  const { body: history } = await server.json<{ versions: { action: string; actor: string }[] }>(
    `/api/exceptions/${body.id}/history`,
  );
  expect(history.versions.map(({ action, actor }) => [action, actor])).toEqual([
    ['reverted', 'anna'],
    ['restored', 'anna'],
    ['deleted', 'anna'],
    ['changed', 'anna'],
    ['created', 'anna'],
  ]);
});

test('one in a shared list is for the rules that the list is attached to; a list of values is looked up', async () => {
  await server.send('PUT', '/api/value-lists', {
    id: 'tools',
    name: 'Tools',
    type: 'keyword',
    text: '/usr/bin/file\n',
  });
  const list = { id: 'shared', name: 'Shared', description: '', version: null };
  await server.send('PUT', '/api/exception-lists', { ...list, rules: ['unusual-command-from-web-server-parent'] });
  const entries: ExceptionInput['entries'] = [
    { type: 'list', field: 'process.executable', operator: 'included', list: { id: 'tools', type: 'keyword' } },
  ];
  const { status } = await create({ rule: null, list: 'shared', entries });
  expect(status).toBe(200);
  await load();
  expect((await alertsOf(RULE)).length).toBeGreaterThan(0);
  await server.send('PUT', '/api/exception-lists', { ...list, rules: [RULE], version: 1 });
  const { body } = await server.send<Check>('POST', '/api/exceptions/check', draft());
  expect(body).toMatchObject({ removed: 0, diagnostics: [] });
  const used = await server.json('/api/value-lists/tools', { method: 'DELETE' });
  expect(used.status).toBe(409);
});

test.each(['event', 'result'] as const)(
  'hits on %ss are counted once however often a rule runs, and a new shape is news',
  async (stage) => {
    await create({ reason: 'counting', stage, entries: stage === 'event' ? draft().entries : COMMANDS });
    await load();
    const listed = async () =>
      (await server.json<{ exceptions: { hits: number; lastHit: string | null }[] }>('/api/exceptions')).body
        .exceptions;
    const [first] = await listed();
    expect(first?.hits).toBeGreaterThan(0);
    await server.send('POST', '/api/replay', {});
    expect((await listed())[0]).toEqual(first);
    const { body } = await server.json<{ items: { kind: string; notice: string }[] }>('/api/exceptions/review');
    expect(body.items.map(({ kind }) => kind)).toContain('canary');
    await server.send('POST', `/api/exceptions/notices/${body.items[0]?.notice}/seen`, {});
    const { body: after } = await server.json<{ items: unknown[] }>('/api/exceptions/review');
    expect(after.items).toHaveLength(body.items.length - 1);
  },
);

test('an import says beforehand what it does, line by line, and can be put back', async () => {
  const { body: mine } = await create();
  const shared = { id: 'shared', name: 'Shared', description: '', rules: [RULE], version: null };
  await server.send('PUT', '/api/exception-lists', shared);
  const exported = async () => (await server.json<{ text: string }>('/api/exceptions/export')).body.text;
  const entries = [{ type: 'match', field: 'process.name', operator: 'included', value: 'x' }];
  const item = (itemId: string, listId: string): string =>
    `${JSON.stringify({ ...{ item_id: itemId, list_id: listId, type: 'simple' }, name: itemId, description: 'why', entries })}\n`;
  const text = `${await exported()}${item('fresh', 'shared')}${item('lost', 'nowhere')}`;
  await server.send('PUT', `/api/exceptions/${mine.id}`, { ...draft({ name: 'renamed' }), version: 1 });
  interface Report {
    lines: { kind: string; outcome: string }[];
    undo: string | null;
  }
  const take = (more: object) => server.send<Report>('POST', '/api/import', { text, overwrite: true, ...more });
  const before = await exported();
  const { body: dry } = await take({ dryRun: true });
  expect(dry.lines.map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ['list', 'replaced'],
    ['item', 'replaced'],
    ['item', 'added'],
    ['item', 'refused'],
  ]);
  expect([dry.undo, await exported()]).toEqual([null, before]);
  const { body: done } = await take({});
  expect(done.lines).toEqual(dry.lines);
  const names = async () =>
    (await server.json<{ exceptions: Exception[] }>('/api/exceptions')).body.exceptions.map(({ name }) => name).sort();
  expect(await names()).toEqual([draft().name, 'fresh']);
  const undo = () => server.send('POST', `/api/imports/${done.undo}/undo`, {});
  expect((await undo()).body).toEqual({ restored: 3, skipped: 0 });
  expect(await names()).toEqual(['renamed']);
  expect((await undo()).status).toBe(404);
});

test('rules go out with their exceptions in one file, which both imports read', async () => {
  const shared = { id: 'shared', name: 'Shared', description: '', rules: [RULE], version: null };
  await server.send('PUT', '/api/exception-lists', shared);
  await create();
  const { body } = await server.json<{ text: string }>('/api/exceptions/export?rules=include');
  const lines = body.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.find(({ name }) => name === 'Unusual Child Execution via Web Server')).toMatchObject({
    exceptions_list: [{ list_id: 'shared' }, { list_id: `rule-default:${RULE}`, type: 'rule_default' }],
  });
  expect(lines.at(-1)).toMatchObject({
    ...{ exported_rules_count: 2, exported_exception_list_count: 2, exported_exception_list_item_count: 1 },
    exported_count: 5,
  });
  const { rules } = readKibanaExport(body.text, (name) => name);
  expect(rules.map(({ rule }) => rule.ok)).toEqual([true, true]);
  const again = { text: body.text, overwrite: true };
  expect((await server.send('POST', '/api/import', again)).body).toMatchObject({ errors: [] });
});

test('a file of rules with their exceptions is taken in whole, and put back whole', async () => {
  const rule = {
    ...{ rule_id: 'fresh-rule', name: 'Shells', type: 'query', language: 'kuery', query: 'process.name: sh' },
    ...{ description: 'Shells.', severity: 'low', risk_score: 21, index: ['logs-*'], enabled: false },
    exceptions_list: [{ list_id: 'theirs' }],
  };
  const list = { list_id: 'theirs', type: 'detection', name: 'Theirs' };
  const entries = [{ type: 'match', field: 'process.name', operator: 'included', value: 'x' }];
  const item = { item_id: 'one', list_id: 'theirs', type: 'simple', name: 'one', description: 'why', entries };
  const text = [rule, list, item].map((line) => `${JSON.stringify(line)}\n`).join('');
  interface Report {
    added: string[];
    lines: { detail: string }[];
    undo: string;
  }
  const { body: dry } = await server.send<Report>('POST', '/api/import', { text, rules: [1], dryRun: true });
  expect(dry).toMatchObject({
    added: [],
    lines: [{ detail: 'Attached to shells.' }, { detail: 'In the list theirs.' }],
  });
  expect((await server.json('/api/rules/shells')).status).toBe(404);
  const { body: done } = await server.send<Report>('POST', '/api/import', { text, rules: [1] });
  expect(done).toMatchObject({ added: ['shells'], lines: dry.lines });
  expect((await server.json('/api/rules/shells')).status).toBe(200);
  const back = await server.send('POST', `/api/imports/${done.undo}/undo`, {});
  expect(back.body).toEqual({ restored: 3, skipped: 0 });
  expect((await server.json('/api/rules/shells')).status).toBe(404);
});

test('a file of Kibana is taken in as far as it can be, what is wrong is listed, and it goes out again', async () => {
  const text = await readFile(new URL('../../shared/exceptions/cases/kibana-export.ndjson', import.meta.url), 'utf8');
  interface Report {
    errors: { error: { status_code: number }; line: number }[];
    success: boolean;
    success_count_exception_list_items: number;
    unusable: { item_id: string; reasons: string[] }[];
  }
  const send = (more: object = {}) => server.send<Report>('POST', '/api/import', { text, ...more });
  const { body } = await send();
  expect(body).toMatchObject({ success: false, success_count_exception_list_items: 2 });
  expect(body.errors.map(({ line, error }) => [line, error.status_code])).toEqual([
    [6, 400],
    [7, 400],
  ]);
  expect(body.unusable.map(({ item_id }) => item_id)).toEqual(['i2']);
  const again = await send();
  expect(again.body.errors.map(({ error }) => error.status_code)).toEqual([409, 409, 409, 409, 400, 400]);
  expect((await send({ asNewList: true })).body.success_count_exception_list_items).toBe(2);
  const { body: out } = await server.json<{ text: string }>('/api/exceptions/export');
  const back = await server.send<Report>('POST', '/api/import', { text: out.text, overwrite: true });
  expect(back.body.errors).toEqual([]);
  const { body: repeated } = await server.json<{ text: string }>('/api/exceptions/export');
  const meaning = (exported: string) =>
    exported
      .split('\n')
      .map((line) => line.replaceAll(/"(?:_version|version|updated_at|updated_by)":(?:"[^"]*"|\d+),?/g, ''));
  expect(meaning(repeated.text)).toEqual(meaning(out.text));
});

test('a rule’s exceptions as conditions to take home', async () => {
  await create();
  const { body } = await server.json(`/api/exceptions/fragments?rule=${RULE}`);
  expect(body).toEqual({
    kql: 'and not (process.executable:"/usr/bin/file")',
    esql: '| WHERE NOT (KQL("process.executable:\\"/usr/bin/file\\""))',
    refused: [],
  });
});

test('an alert kept as a case is never hidden again without a word', async () => {
  await load();
  const [alert] = await alertsOf(RULE);
  const { body: kept } = await server.json<ExceptionInput['cases']>(`/api/exceptions/case?alert=${alert?.id}`);
  const { body } = await server.send<Check>('POST', '/api/exceptions/check', { ...draft(), cases: [kept] });
  expect(body.brokenCases.map(({ name }) => name)).toContain(alert?.commandLine);
  const spares: ExceptionInput['entries'] = [
    { type: 'match', field: 'process.executable', operator: 'included', value: '/usr/bin/never-there' },
  ];
  const other = await server.send<Check>('POST', '/api/exceptions/check', {
    ...draft(),
    cases: [kept],
    entries: spares,
  });
  expect(other.body.brokenCases).toEqual([]);
});

test('a draft that cannot work is said to be wrong, without a replay', async () => {
  const entries: ExceptionDraft['entries'] = [{ type: 'exists', field: 'no.such.field', operator: 'included' }];
  const { status, body } = await server.send<Check>('POST', '/api/exceptions/check', draft({ entries }));
  expect(status).toBe(200);
  expect(body.diagnostics).toContainEqual(expect.objectContaining({ code: 'unknown-field', severity: 'error' }));
  expect((await create({ rule: 'no-such-rule' })).status).toBe(404);
});
