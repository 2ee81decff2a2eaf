import { expect, test } from 'vitest';
import { readMapping } from './mapping-file.ts';

const properties = {
  '@timestamp': { type: 'date' },
  process: { properties: { name: { type: 'keyword', ignore_above: 1024 }, args: { type: 'object', enabled: false } } },
  'host.name': { type: 'keyword', fields: { text: { type: 'text' }, caseless: { type: 'keyword' } } },
  bytes: { type: 'integer' },
  labels: { type: 'flattened' },
  place: { type: 'geo_point' },
  area: { type: 'geo_shape' },
  nick: { type: 'alias', path: 'host.name' },
};

test.each([
  ['bare properties', properties],
  ['properties', { properties }],
  ['mappings', { mappings: { properties } }],
  ['an index template', { index_patterns: ['logs-*'], template: { settings: {}, mappings: { properties } } }],
  [
    'the answer of index templates',
    { index_templates: [{ name: 'x', index_template: { template: { mappings: { properties } } } }] },
  ],
  [
    'the answer of component templates',
    { component_templates: [{ component_template: { template: { mappings: { properties } } } }] },
  ],
  ['a mapping of old', { 'logs-1': { mappings: { _doc: { properties } } } }],
  ['the answer of one index', { 'logs-1': { mappings: { dynamic: 'false', properties } } }],
])('%s', (_, document) => {
  const catalogue = readMapping(document);
  expect(catalogue.fields).toEqual([
    { name: '@timestamp', type: 'date' },
    { name: 'process.name', type: 'keyword', ignoreAbove: 1024 },
    { name: 'host.name', type: 'keyword', caseless: true },
    { name: 'host.name.text', type: 'text', source: 'host.name' },
    { name: 'bytes', type: 'long' },
    { name: 'labels', type: 'flattened', many: true },
    { name: 'place.lon', type: 'double' },
    { name: 'place.lat', type: 'double' },
    { name: 'nick', type: 'keyword', caseless: true, source: 'host.name' },
  ]);
  expect(catalogue.find('labels.a')).toEqual({ name: 'labels.a', type: 'keyword', keyed: true });
  expect(catalogue.unusable?.('area')).toBe('with unsupported type [geo_shape]');
  expect(catalogue.unusable?.('bytes')).toBeUndefined();
});

test('objects of a list have fields of their own', () => {
  const objects = {
    type: 'nested',
    properties: { a: { type: 'keyword' }, b: { properties: { c: { type: 'long' } } } },
  };
  const within = { type: 'nested', properties: { objects } };
  expect(readMapping({ within }).fields).toEqual([
    { name: 'within', type: 'nested', many: true, fields: readMapping({ objects }).fields },
  ]);
  expect(readMapping({ objects, other: { ...objects, include_in_parent: true } }).fields).toEqual([
    {
      name: 'objects',
      type: 'nested',
      many: true,
      fields: [
        { name: 'a', type: 'keyword' },
        { name: 'b.c', type: 'long' },
      ],
    },
    {
      name: 'other',
      type: 'nested',
      many: true,
      fields: [
        { name: 'a', type: 'keyword' },
        { name: 'b.c', type: 'long' },
      ],
    },
    { name: 'other.a', type: 'keyword' },
    { name: 'other.b.c', type: 'long' },
  ]);
});

test('fields of several indices meet', () => {
  const index = (name: string) => ({ mappings: { properties: { [name]: { type: 'ip' } } } });
  expect(readMapping({ one: index('a'), two: index('b') }).fields.map(({ name }) => name)).toEqual(['a', 'b']);
});

test('a field may be called properties', () => {
  expect(readMapping({ properties: { type: 'keyword' } }).fields).toEqual([{ name: 'properties', type: 'keyword' }]);
});

test.each([null, 7, [], {}, { mappings: {} }])('%j is no mapping', (document) => {
  expect(() => readMapping(document)).toThrow('holds no mapping');
});

test('a field that indices map differently cannot be used', () => {
  const index = (type: string) => ({ mappings: { properties: { a: { type }, b: { type: 'keyword' } } } });
  const catalogue = readMapping({ one: index('ip'), two: index('keyword'), three: index('wildcard') });
  expect(catalogue.fields).toEqual([{ name: 'b', type: 'keyword' }]);
  expect(catalogue.unusable?.('a')).toBe(
    'due to ambiguities being mapped as [2] incompatible types: [ip] in [one], [keyword] in [two, three]',
  );
});

test('a field may be called template', () => {
  const properties = { template: { type: 'keyword' }, mappings: { properties: { a: { type: 'ip' } } } };
  expect(readMapping({ properties }).fields.map(({ name }) => name)).toEqual(['template', 'mappings.a']);
});
