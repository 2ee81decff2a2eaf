import fc from 'fast-check';
import { wellFormed } from '#shared/base/text.ts';
import { ANY_POINT, type Regex } from '#shared/plan/regex.ts';
import type { Scalar } from '#shared/plan/value.ts';

/** How a code point of the text comes back in the expression. */
type Turn = 'itself' | 'any' | 'near' | 'else' | 'some' | 'twice' | 'maybe' | 'choice';

const TURNS = fc.constantFrom<Turn>(
  ...(['itself', 'itself', 'itself', 'any', 'near', 'else', 'some', 'twice', 'maybe', 'choice'] as const),
);
const LONGEST = 40;

/** An expression near a text: each of its code points as itself, in a set, repeated or beside another. */
export const arbitraryRegexNear = (text: fc.Arbitrary<Scalar>): fc.Arbitrary<Regex> =>
  fc.tuple(text, fc.array(TURNS, { minLength: 1, maxLength: 12 }), fc.boolean()).map(([value, turns, open]): Regex => {
    const codes = [...wellFormed(String(value))].slice(0, LONGEST).map((character) => character.codePointAt(0) ?? 0);
    const parts = codes.map((code, index) => turned(code, turns[index % turns.length] ?? 'itself'));
    const rest: Regex = { kind: 'repeat', of: ANY_POINT, least: 0, most: null };
    return { kind: 'sequence', parts: open ? [...parts, rest] : parts };
  });

/** An expression to search for near a text: a stretch of it, some of its parts captured, taken lazily or only maybe. */
export const arbitrarySearchNear = (text: fc.Arbitrary<Scalar>): fc.Arbitrary<Regex> =>
  fc
    .tuple(
      text,
      fc.array(TURNS, { minLength: 1, maxLength: 6 }),
      fc.nat(6),
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom('sure', 'maybe', 'or', 'lazy'),
    )
    .map(([value, turns, from, length, form]): Regex => {
      const codes = [...wellFormed(String(value))].slice(from, from + length).map((point) => point.codePointAt(0) ?? 0);
      const [first = { kind: 'sequence', parts: [] } satisfies Regex, ...others] = codes.map((code, index) =>
        turned(code, turns[index % turns.length] ?? 'itself'),
      );
      const [anything, nothing]: [Regex, Regex] = [
        { kind: 'repeat', of: ANY_POINT, least: 1, most: null, ...(form === 'lazy' && { lazy: true as const }) },
        { kind: 'place', at: form === 'or' ? 'word-edge' : 'line-start' },
      ];
      const start: Regex = { kind: 'capture', index: 1, of: form === 'sure' ? first : anything };
      const rest: Regex = { kind: 'capture', index: 2, of: { kind: 'sequence', parts: [...others, ANY_POINT] } };
      const end: Regex = form === 'maybe' ? { kind: 'repeat', of: rest, least: 0, most: 1 } : rest;
      if (form === 'or') return { kind: 'choice', options: [{ kind: 'sequence', parts: [start, first] }, end] };
      return { kind: 'sequence', parts: form === 'lazy' ? [nothing, start, first, end] : [start, end] };
    });

function turned(code: number, turn: Turn): Regex {
  const itself: Regex = { kind: 'set', ranges: [[code, code]], negated: false };
  switch (turn) {
    case 'itself':
      return itself;
    case 'any':
      return ANY_POINT;
    case 'near':
      return {
        kind: 'set',
        ranges: [
          [0x2d, 0x2d],
          [Math.max(0, code - 2), code],
        ],
        negated: false,
      };
    case 'else':
      return {
        kind: 'set',
        ranges: [
          [code, code],
          [0x5b, 0x5e],
        ],
        negated: true,
      };
    case 'some':
      return { kind: 'repeat', of: itself, least: 1, most: null };
    case 'twice':
      return { kind: 'repeat', of: { kind: 'sequence', parts: [itself, itself] }, least: 0, most: 2 };
    case 'maybe':
      return { kind: 'repeat', of: ANY_POINT, least: 0, most: 1 };
    case 'choice':
      return { kind: 'choice', options: [itself, { kind: 'sequence', parts: [ANY_POINT, itself] }] };
  }
}

/**
 * Expressions over these characters.
 * @param least ranges of a set: 0 where it may be empty
 */
export function arbitraryRegexOver(characters: readonly string[], least: 0 | 1): fc.Arbitrary<Regex> {
  const code = fc.constantFrom(...characters).map((character) => character.codePointAt(0) ?? 0);
  const ranges = fc.array(
    code.map((one) => [one, one] as const),
    { minLength: least, maxLength: 2 },
  );
  const { regex } = fc.letrec<{ regex: Regex }>((tie) => ({
    regex: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({ kind: fc.constant('set' as const), ranges, negated: fc.boolean() }),
      fc.record({ kind: fc.constant('sequence' as const), parts: fc.array(tie('regex'), { maxLength: 3 }) }),
      fc.record({
        kind: fc.constant('choice' as const),
        options: fc.array(tie('regex'), { minLength: 1, maxLength: 3 }),
      }),
      fc
        .tuple(tie('regex'), fc.nat(2), fc.option(fc.nat(2)))
        .map(([of, least, more]): Regex => ({ kind: 'repeat', of, least, most: more === null ? null : least + more })),
    ),
  }));
  return regex;
}
