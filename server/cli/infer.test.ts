import { expect, test } from 'vitest';
import { catalogueOf } from '#shared/event/field.ts';
import { inferFields } from './infer.ts';

const known = catalogueOf([{ name: 'process.pid', type: 'long' }]);

function infer(...records: object[]): Record<string, string> {
  const inference = inferFields(known);
  for (const record of records) inference.look(record);
  return Object.fromEntries(inference.fields().map(({ name, type, many }) => [name, many ? `${type}[]` : type]));
}

test('values tell the type; mixtures are keywords, but whole and broken numbers are numbers', () => {
  expect(
    infer({ a: 1, b: 1, c: true, d: 'x', e: 1 }, { a: 2, b: 0.5, c: 'true', d: null, e: 12345678901234567890n }),
  ).toEqual({
    a: 'long',
    b: 'double',
    c: 'keyword',
    d: 'keyword',
    e: 'long',
  });
});

test('texts are dates only where all of them are', () => {
  expect(
    infer({ a: '2026-01-01', b: '2026-01-01' }, { a: '2026-01-01T10:00:00Z', b: '2026-13-01', c: '1795292113' }),
  ).toEqual({
    a: 'date',
    b: 'keyword',
    c: 'keyword',
  });
});

test('nested and dotted names are one field; lists and lists of objects are many', () => {
  expect(infer({ a: { b: 1 } }, { 'a.b': 2, c: ['x', 'y'], d: [{ e: 1 }, { e: 2 }], f: [] })).toEqual({
    'a.b': 'long',
    c: 'keyword[]',
    'd.e': 'long[]',
  });
});

test('known names are what they are known to be', () => {
  expect(infer({ process: { pid: 'x' } })).toEqual({ 'process.pid': 'long' });
});

test('deep nesting is passed over', () => {
  let deep: object = { z: 1 };
  for (let depth = 0; depth < 10_000; depth += 1) deep = { a: deep };
  expect(infer(deep, { b: 1 })).toEqual({ b: 'long' });
});

test('what Elastic’s schemas know as a list of objects is one, and no other', () => {
  expect(infer({ email: { attachments: [{ file: { name: 'a' } }] }, other: [{ name: 'a' }] })).toEqual({
    'email.attachments': 'nested[]',
    'other.name': 'keyword',
  });
});
