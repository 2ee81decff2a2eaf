import { expect, test } from 'vitest';
import { readMapping } from './mapping-file.ts';

const properties = {
  '@timestamp': { type: 'date' },
  process: { properties: { name: { type: 'keyword', ignore_above: 1024 }, args: { type: 'object', enabled: false } } },
  'host.name': { type: 'keyword', fields: { text: { type: 'text' }, caseless: { type: 'keyword' } } },
  bytes: { type: 'integer' },
  labels: { type: 'flattened' },
};

test.each([
  ['bare properties', properties],
  ['properties', { properties }],
  ['mappings', { mappings: { properties } }],
  ['the answer of one index', { 'logs-1': { mappings: { dynamic: 'false', properties } } }],
])('%s', (_, document) => {
  const { catalogue, subFields } = readMapping(document);
  expect(catalogue.fields).toEqual([
    { name: '@timestamp', type: 'date' },
    { name: 'process.name', type: 'keyword', ignoreAbove: 1024 },
    { name: 'host.name', type: 'keyword', caseless: true },
    { name: 'host.name.text', type: 'text' },
    { name: 'bytes', type: 'long' },
  ]);
  expect([...subFields]).toEqual([['host.name.text', 'host.name']]);
});

test('fields of several indices meet', () => {
  const index = (name: string) => ({ mappings: { properties: { [name]: { type: 'ip' } } } });
  expect(readMapping({ one: index('a'), two: index('b') }).catalogue.fields.map(({ name }) => name)).toEqual([
    'a',
    'b',
  ]);
});

test('a field may be called properties', () => {
  expect(readMapping({ properties: { type: 'keyword' } }).catalogue.fields).toEqual([
    { name: 'properties', type: 'keyword' },
  ]);
});

test.each([null, 7, [], {}, { mappings: {} }])('%j is no mapping', (document) => {
  expect(() => readMapping(document)).toThrow('holds no mapping');
});
