import { expect, test } from 'vitest';
import { remembering } from './remember.ts';

test('a text is read once, until others have been read since', () => {
  const read: string[] = [];
  const reading = remembering((text) => {
    read.push(text);
    return { text };
  });
  const first = reading('a');
  expect(reading('a')).toBe(first);
  for (let index = 0; index < 7; index += 1) reading(`other ${index}`);
  expect(reading('a')).toBe(first);
  for (let index = 7; index < 15; index += 1) reading(`other ${index}`);
  expect(reading('a')).not.toBe(first);
  expect(read.filter((text) => text === 'a')).toHaveLength(2);
});
