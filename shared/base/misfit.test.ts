import { expect, test } from 'vitest';
import * as z from 'zod';
import { misfitsIn } from './misfit.ts';

const schema = z.object({
  name: z.string().min(1).max(5),
  kind: z.enum(['a', 'b']).optional(),
  many: z.array(z.number()).max(2).optional(),
  day: z
    .string()
    .regex(/^[0-9]+$/)
    .optional(),
  host: z
    .string()
    .refine((text) => text === 'localhost', { message: 'must be this machine' })
    .optional(),
  even: z
    .number()
    .refine((value) => value % 2 === 0)
    .optional(),
  inner: z.strictObject({ x: z.literal('y') }).optional(),
});

test.each<[unknown, string[]]>([
  [{}, ['name is missing']],
  [{ name: 1 }, ['name is “1”, and text is asked for']],
  [{ name: '' }, ['name is “”, and a length of 1 at least is asked for']],
  [{ name: 'x'.repeat(99) }, [`name is “${'x'.repeat(60)}…”, and a length of 5 at most is asked for`]],
  [{ name: 'x', kind: 'c' }, ['kind is “c”, and one of a, b is asked for']],
  [{ name: 'x', many: [1, 2, 3] }, ['many is a list of 3, and a length of 2 at most is asked for']],
  [{ name: 'x', many: [1, 'b'] }, ['many.1 is “b”, and a number is asked for']],
  [{ name: 'x', day: 'today' }, ['day is “today”, and a text like /^[0-9]+$/ is asked for']],
  [{ name: 'x', host: '0.0.0.0' }, ['host is “0.0.0.0”, and must be this machine']],
  [{ name: 'x', even: 3 }, ['even is “3”, and something else is asked for']],
  [
    { name: 'x', inner: { x: 'z', q: 1 } },
    ['inner.x is “z”, and “y” is asked for', 'inner has “q”, which nothing reads'],
  ],
  ['text', ['the whole is “text”, and an object is asked for']],
  [null, ['the whole is “null”, and an object is asked for']],
])('%j', (document, words) => {
  expect(misfitsIn(schema.safeParse(document).error ?? new z.ZodError([]), document)).toEqual(words);
});
