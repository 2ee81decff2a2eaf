import { expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { printExpression } from '#shared/plan/print-expression.ts';
import { compileRule } from './compile.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { ruleFromElastic } from './elastic-toml.ts';
import { exceptionsInForce, type RuleException } from './exceptions-in-force.ts';
import type { Rule } from './rule.ts';
import { STORED_TIME } from './schedule.ts';

const read = (rule: object): Rule => {
  const common = { rule_id: '1', name: 'One', description: '', severity: 'low', risk_score: 21 };
  const result = ruleFromElastic({ rule: { ...common, ...rule } }, 'one');
  return must(result.ok ? result.value : null, JSON.stringify(result));
};

const esql = (query: string): Rule => read({ type: 'esql', language: 'esql', query });

const newTerms = (query: string, fields: readonly string[] = ['host.id']): Rule =>
  read({
    type: 'new_terms',
    language: 'kuery',
    query,
    new_terms: { value: fields, history_window_start: [{ value: 'now-7d' }] },
  });

const compile = (rule: Rule, exceptions: readonly RuleException[] = []): CompiledRule => {
  const result = compileRule(rule, ECS_PROCESS, exceptions);
  return must(result.ok ? result.value : null, JSON.stringify(result));
};

const problems = (rule: Rule, exceptions: readonly RuleException[] = []) => {
  const result = compileRule(rule, ECS_PROCESS, exceptions);
  return result.ok ? [] : result.error;
};

test('conditions on events and on rows are told apart, and the time of the run set aside', () => {
  const rule = compile(
    esql(`from logs-*
      | where @timestamp > now() - 1 hours and host.os.type == "linux"
      | stats cc = count() by process.name
      | where cc < 5 and
        process.name != "x"`),
  );
  expect(printExpression(rule.filter)).toBe('host.os.type == "linux"');
  expect(rule.timeFilter && printExpression(rule.timeFilter)).toBe('@timestamp > (now - 3600000ms)');
  expect(rule.conditions.map(({ text }) => text)).toEqual(['cc < 5', 'process.name != "x"']);
});

test('conditions on renamed and computed columns are about the fields behind them', () => {
  const { filter } = compile(
    esql(`from logs-*
      | rename process.name as child
      | eval long = length(child)
      | where child == "sh" and long > 1
      | stats count() by child`),
  );
  expect(printExpression(filter)).toBe('(process.name == "sh") and (single(length(process.name)) > 1)');
});

test('a condition on one of several values is not one on the event', () => {
  const rule = compile(
    esql(`from logs-* | mv_expand event.action | where event.action == "exec" and host.os.type == "linux"
      | stats count() by host.id`),
  );
  expect(printExpression(rule.filter)).toBe('host.os.type == "linux"');
});

test('keys and lists follow later renames', () => {
  const rule = compile(
    esql(`from logs-* | stats hosts = values(host.name), cc = count() by process.name, user.name
      | rename process.name as child, hosts as where_seen | eval cc = cc + 1 | keep child, where_seen, cc`),
  );
  expect(rule.keys).toEqual(['child']);
  expect([...rule.lists]).toEqual(['where_seen']);
  expect(rule.aggregating).toBe(true);
});

test('the least of all limits counts, and none is no matter', () => {
  expect(compile(esql('from logs-* | stats count() by host.id | sort host.id | limit 7 | keep host.id')).limit).toBe(7);
  expect(compile(esql('from logs-* | stats count() by host.id | limit 5000')).limit).toBe(100);
  const unlimited = compile(esql('from logs-* | stats count() by host.id'));
  expect(unlimited.limit).toBe(100);
  expect(unlimited.warnings).toEqual([]);
});

test('a limit before the groups is part of the question', () => {
  const { plan } = compile(esql('from logs-* | limit 10 | stats count() by host.id'));
  expect(plan({ first: 0, last: 0, interval: 1 }).steps.filter(({ kind }) => kind === 'limit')).toHaveLength(2);
});

test('problems of a query are located in it', () => {
  const query = 'from logs-* | where proces.name == "x" | stats count() by host.id';
  expect(problems(esql(query))).toMatchObject([{ code: 'unknown-column', span: { from: query.indexOf('proces') } }]);
  expect(problems(newTerms('a:b:c'))).toMatchObject([{ severity: 'error', span: expect.anything() }]);
});

test('new terms need fields that exist', () => {
  expect(problems(newTerms('event.action:exec', ['host.id', 'host.colour'])).map(({ message }) => message)).toEqual([
    'rule.new_terms names the field host.colour, which the events do not have.',
  ]);
});

test('an exception that cannot be applied is named, and the rule is not evaluated without it', () => {
  const rule = esql('from logs-* | stats cc = count() by host.id');
  const exception: RuleException = {
    name: 'Odd one',
    stage: 'result',
    entries: [{ type: 'match', field: 'user.name', operator: 'included', value: 'x' }],
  };
  expect(problems(rule, [exception]).map(({ message }) => message)).toEqual([
    expect.stringContaining('Exception "Odd one": '),
  ]);
});

test('a time field nobody has is a warning', () => {
  const rule = { ...newTerms('event.action:exec'), timestampOverride: 'event.received' };
  expect(compile(rule).warnings.map(({ code }) => code)).toEqual(['unknown-time-field']);
});

test('a time field that holds no dates is a warning', () => {
  const rule = { ...newTerms('event.action:exec'), timestampOverride: 'host.name' };
  const { warnings, time } = compile(rule);
  expect(warnings.map(({ message }) => message)).toEqual(['host.name is no date: @timestamp counts.']);
  expect(time).toEqual(STORED_TIME);
});

test('exceptions hold while they are switched on and not expired', () => {
  const exception = (change: object) => ({
    ...{ id: '', version: 1, createdAt: '', createdBy: '', updatedAt: '', updatedBy: '', name: '', reason: '' },
    ...{ rule: 'one', stage: 'event' as const, entries: [], enabled: true, expiresAt: null, origin: null },
    ...{ rules: ['one'], list: null, itemId: '', meta: null, comments: [], osTypes: [], tags: [], cases: [] },
    ...change,
  });
  const at = Date.UTC(2026, 0, 1);
  const held = (change: object) => exceptionsInForce([exception(change)], 'one', at).length === 1;
  expect(held({})).toBe(true);
  expect(held({ enabled: false })).toBe(false);
  expect(held({ rules: ['two'] })).toBe(false);
  expect(held({ expiresAt: '2025-12-31T23:59:59.999Z' })).toBe(false);
  expect(held({ expiresAt: '2026-01-01T00:00:00Z' })).toBe(true);
});

test('an exception whose list of values is too long is left out with a warning, and the others apply', () => {
  const listed: RuleException = {
    name: 'Known hosts',
    stage: 'event',
    entries: [{ type: 'list', field: 'host.id', operator: 'included', list: { id: 'hosts', type: 'keyword' } }],
    osTypes: [],
    lists: new Map([['hosts', Array.from({ length: 65_537 }, (_, index) => `h${index}`)]]),
  };
  const named: RuleException = {
    ...{ name: 'Shell', stage: 'event', osTypes: [], lists: new Map() },
    entries: [{ type: 'match', field: 'process.name', operator: 'included', value: 'sh' }],
  };
  const rule = compile(newTerms('process.name:*'), [listed, named]);
  expect(rule.warnings.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    'warning: Exception "Known hosts" is not applied: The list hosts has 65537 values: at most 65536, and 200 stretches of addresses, can be applied.',
  ]);
  expect(rule.excepted && printExpression(rule.excepted.any)).toBe('any process.name == "sh"');
});
