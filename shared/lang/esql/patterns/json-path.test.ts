import { expect, test } from 'vitest';
import { fieldAtPath } from './json-path.ts';

test.each([
  ['a', 'a'],
  ['a.b.c', 'a.b.c'],
  ['$.a.b', 'a.b'],
  ["$['a']", 'a'],
  [`a['b.c']["d"].e`, 'a.b.c.d.e'],
  ['a-b.c d', 'a-b.c d'],
])('%s is the field %s', (path, field) => {
  expect(fieldAtPath(path)).toBe(field);
});

test.each(['', '$', '.a', '$..a', 'a.', 'a..b', 'a[0]', 'a[]', "a['b", '$.*[*]', "['']", 'a]'])(
  '%s is no field',
  (path) => {
    expect(fieldAtPath(path)).toBeNull();
  },
);
