import { expect, test } from 'vitest';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileEsql } from './esql/compile.ts';
import { fieldsNamed } from './fields-named.ts';
import { compileKql } from './kql/compile.ts';
import { widenForQuery } from './widen-for-query.ts';

const names = (query: string, language: 'kql' | 'esql') => fieldsNamed(query, language).map(({ name }) => name);

test('KQL names its fields in lists, ranges and objects; wildcards name none', () => {
  expect(names('a.b:(x or y) and not c >= 5 and d:{ e:1 } and f.*:x and free', 'kql')).toEqual([
    'a.b',
    'c',
    'd',
    'd.e',
  ]);
});

test('ES|QL names source fields until it groups; what the query makes is none', () => {
  const query = `from logs-* metadata _id
    | where a.b == "x" and \`c d\` > 1
    | eval e = a.b, g = to_lower(e)
    | rename h as i
    | keep i, g, j.*, k
    | stats n = count_distinct(l.m) by g, o
    | where n > 1 and p == 2`;
  expect(names(query, 'esql')).toEqual(['a.b', 'c d', 'a.b', 'h', 'k', 'l.m', 'o']);
});

test('what a function takes out of the document or of an object is a field', () => {
  const query = `from logs-* metadata _source
    | eval a = json_extract(_source, "$.b.c"), d = json_extract(t, "e"), f = field_extract(g, "h.i"), j = json_extract(_source, "k[0]")`;
  expect(names(query, 'esql')).toEqual(['b.c', 't', 'g.h.i']);
});

test('a point is named by its coordinates', () => {
  const query = 'from x | where source.geo.location is not null | eval a = st_x(home), b = st_x(a)';
  expect(names(query, 'esql')).toEqual([
    ...['source.geo.location.lon', 'source.geo.location.lat'],
    ...['home.lon', 'home.lat'],
  ]);
});

test('names inside of kql() count', () => {
  expect(names('from logs-* | where kql("""x.y:1 and z > 2""")', 'esql')).toEqual(['x.y', 'z']);
});

test.each([
  ['qty >= 5', 'kql', 'long'],
  ['qty >= 0.5', 'kql', 'double'],
  ['qty:"10.0.0.0/8"', 'kql', 'ip'],
  ['qty > now-1d', 'kql', 'date'],
  ['qty:5', 'kql', 'keyword'],
  ['from x | where qty >= 5', 'esql', 'long'],
  ['from x | where qty == true', 'esql', 'boolean'],
  ['from x | where cidr_match(qty, "10.0.0.0/8")', 'esql', 'ip'],
  ['from x | where qty > now() - 1 hour', 'esql', 'date'],
  ['from x | eval y = date_trunc(1 hour, qty)', 'esql', 'date'],
  ['from x | stats y = sum(qty)', 'esql', 'double'],
  ['from x | stats y = max(qty) | where y >= 5', 'esql', 'long'],
  ['from x | stats c = count() by qty | where qty > now() - 1 hour', 'esql', 'date'],
  ['from x | eval y = qty, z = mv_first(y) | stats v = values(z) by k = y | where k > 0.5', 'esql', 'double'],
  ['from x | where qty == "x"', 'esql', 'keyword'],
] as const)('%s (%s): a name nobody knows is taken for %s, with a warning', (query, language, type) => {
  const { catalogue, warnings } = widenForQuery(ECS_PROCESS, query, language);
  expect(catalogue.find('qty')?.type).toBe(type);
  expect(warnings).toMatchObject([
    { code: 'guessed-field', severity: 'warning', span: { from: query.indexOf('qty') } },
  ]);
  const compiled = language === 'kql' ? compileKql(query, catalogue) : compileEsql(query, catalogue);
  expect(compiled.ok ? [] : compiled.error).toEqual([]);
});

test('a misspelt name is told with the names that are near', () => {
  expect(widenForQuery(ECS_PROCESS, 'proces.name:sh', 'kql').warnings[0]?.remedy).toMatch(/process\.name/);
});

test('lists of objects are known by the schemas, or by being asked in braces', () => {
  const query = 'threat.enrichments:{ matched.type:x } and mine:{ a:1 } and process.parent:{ name:sh }';
  const { catalogue, warnings } = widenForQuery(ECS_PROCESS, query, 'kql');
  expect(catalogue.find('threat.enrichments')?.fields?.map(({ name }) => name)).toEqual(['matched.type']);
  expect(catalogue.find('mine')).toMatchObject({ type: 'nested', many: true, fields: [{ name: 'a' }] });
  expect(catalogue.find('process.parent')).toBeUndefined();
  expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining('a field mine')]);
  const compiled = compileKql(query, catalogue);
  expect(compiled.ok && compiled.value.warnings.map(({ code }) => code)).toEqual(['not-nested']);
});

test('fields of integrations are known', () => {
  const query =
    'event.dataset:aws.cloudtrail and aws.cloudtrail.flattened.request_parameters.x:y and source.ip:10.0.0.1';
  const { catalogue, warnings } = widenForQuery(ECS_PROCESS, query, 'kql', ['user_agent.original']);
  expect(warnings).toEqual([]);
  expect(catalogue.find('source.ip')?.type).toBe('ip');
  expect(catalogue.find('user_agent.original')?.type).toBe('keyword');
});
