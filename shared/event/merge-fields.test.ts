import { expect, test } from 'vitest';
import type { Field } from './field.ts';
import { mergeFields } from './merge-fields.ts';

const name: Field = { name: 'a.name', type: 'keyword', ignoreAbove: 1024 };
const list = (...fields: Field[]): Field => ({ name: 'items', type: 'nested', many: true, fields });

test('what is new stands behind, and is unread', () => {
  const port: Field = { name: 'a.port', type: 'long' };
  expect(mergeFields([name], [port, name])).toEqual({
    fields: [name, port],
    grown: ['a.port'],
    unread: [port],
    otherwise: [],
  });
});

test('a list of objects is read again where one of its members is new, however deep', () => {
  const inner: Field = { name: 'tags', type: 'nested', fields: [{ name: 'key', type: 'keyword' }] };
  const more: Field = { ...inner, fields: [{ name: 'value', type: 'keyword' }] };
  const merged = mergeFields([list(name, inner)], [list(more)]);
  const whole = list(name, { ...inner, fields: [...(inner.fields ?? []), ...(more.fields ?? [])] });
  expect(merged).toEqual({ fields: [whole], grown: ['items'], unread: [whole], otherwise: [] });
  expect(mergeFields([list(name)], [list(name)]).unread).toEqual([]);
});

test('sub-fields are added without reading', () => {
  const both: Field = { ...name, caseless: true };
  expect(mergeFields([name], [both])).toEqual({ fields: [both], grown: ['a.name'], unread: [], otherwise: [] });
  expect(mergeFields([both], [name])).toEqual({ fields: [both], grown: [], unread: [], otherwise: [] });
});

test('what is there keeps its type, and the difference is told', () => {
  const number: Field = { name: 'a.name', type: 'long' };
  expect(mergeFields([name], [number])).toEqual({ fields: [name], grown: [], unread: [], otherwise: ['a.name'] });
  const member = mergeFields([list({ name: 'n', type: 'long' })], [list({ name: 'n', type: 'keyword' })]);
  expect(member).toMatchObject({ unread: [], otherwise: ['items'] });
});

test('lists of objects as deep as a query can name them are merged level by level', () => {
  const deep = (innermost: Field): Field =>
    Array.from({ length: 99 }, (_, level) => `a${level}`).reduce<Field>(
      (inner, name) => ({ name, type: 'nested', fields: [inner] }),
      innermost,
    );
  const both = mergeFields([deep(name)], [deep({ name: 'b', type: 'long' })]);
  expect([both.unread.length, both.otherwise]).toEqual([1, []]);
  const own = [deep(name)];
  expect(mergeFields(own, [deep(name)])).toEqual({ fields: own, grown: [], unread: [], otherwise: [] });
  expect(mergeFields(own, [deep(name)]).fields).toBe(own);
});
