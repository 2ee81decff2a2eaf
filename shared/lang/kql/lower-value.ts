import { unreachable } from '#shared/base/assert.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { canonicalAddress, isNetwork } from '#shared/base/ip-address.ts';
import { parseDouble, parseLong } from '#shared/base/long.ts';
import { lowerCaseText } from '#shared/base/text.ts';
import { wordsOf } from '#shared/base/words.ts';
import type { ElementTest } from '#shared/plan/expression.ts';
import type { Literal } from './ast.ts';
import { parseDate } from './date-math.ts';
import { isFullText, nameOf, type ResolvedField, typeNameOf } from './fields.ts';
import { error } from './problem.ts';

export type TextLiteral = Literal & { readonly kind: 'text' };

/** A test of an element, or why a field of this type cannot be asked for the value. */
export type ValueTest = ElementTest | { readonly kind: 'refused'; readonly because: Diagnostic };

export const refuse = (because: Diagnostic): ValueTest => ({ kind: 'refused', because });

/** The value of `field: value` as a test of one element, by the field's type. Wildcards and dates are elsewhere. */
export function equalityTest(resolved: ResolvedField, value: TextLiteral): ValueTest {
  const { type } = resolved.field;
  if (isFullText(resolved)) return wordsTest(value);
  switch (type) {
    case 'keyword':
    case 'constant_keyword':
    case 'wildcard':
    case 'text':
    case 'flattened':
      return { kind: 'equals', value: resolved.caseless ? lowerCaseText(value.text) : value.text };
    case 'long':
      return longTest(resolved, value);
    case 'double': {
      const number = parseDouble(value.text);
      return number === null ? refuse(notA('number', resolved, value)) : { kind: 'equals', value: number };
    }
    case 'boolean':
      if (value.text === 'true' || value.text === 'false') return { kind: 'equals', value: value.text === 'true' };
      return refuse(notA('boolean (true or false)', resolved, value));
    case 'ip':
      return addressTest(resolved, value);
    case 'date':
      return dateTest(resolved, value);
    case 'nested':
      return { kind: 'never' };
    default:
      return unreachable(type);
  }
}

/** Quoted words stand one behind the other; of others any will do. A text without a word is in no text. */
function wordsTest({ text, quoted }: TextLiteral): ElementTest {
  const words = wordsOf(text);
  if (quoted && words.length > 1) return { kind: 'phrase', words };
  return anyOfWords(words);
}

/** One of these words. */
export function anyOfWords(words: readonly string[]): ElementTest {
  const [first, ...more] = [...new Set(words)];
  if (first === undefined) return { kind: 'never' };
  return {
    kind: 'word',
    test: more.length === 0 ? { kind: 'equals', value: first } : { kind: 'one-of', values: [first, ...more] },
  };
}

/** A fraction fits no long; nor does a number beyond 64 bits. */
function longTest(resolved: ResolvedField, value: TextLiteral): ValueTest {
  if (parseDouble(value.text) === null) return refuse(notA('number', resolved, value));
  const long = hasFraction(value.text) ? null : parseLong(value.text);
  return long === null ? { kind: 'never' } : { kind: 'equals', value: long };
}

export const hasFraction = (number: string): boolean =>
  /e/i.test(number) ? !Number.isInteger(Number(number)) : /\.\d*[1-9]/.test(number);

function addressTest(resolved: ResolvedField, value: TextLiteral): ValueTest {
  if (!isNetwork(value.text)) return refuse(notA('IP address or network', resolved, value));
  const address = canonicalAddress(value.text);
  return address === null ? { kind: 'cidr', network: value.text } : { kind: 'equals', value: address };
}

/** An exact date is a range: `2026-11-21` is the whole day. */
function dateTest(resolved: ResolvedField, value: TextLiteral): ValueTest {
  const extent = parseDate(value.text);
  if (extent === null) return refuse(notADate(resolved, value));
  if (extent.kind === 'relative') {
    return refuse(
      error({
        code: 'unsupported-date',
        message: `A stretch of time that depends on the run can be compared with, not matched: ${value.text}.`,
        remedy: `Write ${nameOf(resolved)} >= ${value.text} and ${nameOf(resolved)} <= ${value.text}.`,
        span: value.span,
      }),
    );
  }
  return {
    kind: 'range',
    bounds: [
      { operator: '>=', value: extent.first },
      { operator: '<=', value: extent.last },
    ],
  };
}

export const notA = (what: string, resolved: ResolvedField, value: TextLiteral): Diagnostic =>
  error({
    code: 'invalid-value',
    message: `"${value.text}" is no ${what}, and ${nameOf(resolved)} is of type ${typeNameOf(resolved)}.`,
    remedy: 'Give a value of that type, or ask another field.',
    span: value.span,
  });

export const notADate = (resolved: ResolvedField, value: TextLiteral): Diagnostic =>
  error({
    code: 'invalid-value',
    message: `"${value.text}" is no date, and ${nameOf(resolved)} is of type date.`,
    remedy: 'Write an ISO date as "2026-11-21T20:15:00Z", epoch milliseconds, or date math as now-1d/d.',
    span: value.span,
  });
