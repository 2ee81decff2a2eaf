import { randomUUID } from 'node:crypto';
import { must } from '#shared/base/assert.ts';
import { jsonProblemText, parseJson } from '#shared/base/json.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import { WrittenNumber } from '#shared/event/written-number.ts';

/** Strings of JSON, which are left alone, and numbers. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Cannot be guessed by the writer of a record. */
const MARK = `number ${randomUUID()} `;

/** Where a number can stand in JSON; colons within texts, as times have them, stand behind no quote. */
const BEFORE_NUMBER = String.raw`(?:"\s*:|[,[])\s*`;
const LONG = new RegExp(String.raw`${BEFORE_NUMBER}-?\d{16}`);
const FRACTION = new RegExp(String.raw`${BEFORE_NUMBER}-?\d+[.eE]`);

/** Whether a text may have a whole number that a double cannot hold. */
const hasLong = (text: string): boolean => LONG.test(text);

/** Whether a text may have a number with a fraction or an exponent. */
const hasFraction = (text: string): boolean => FRACTION.test(text);

const isLong = (number: string): boolean => /^-?\d{16,}$/.test(number);

/** Of `-0` the engine that loads files keeps no sign either. */
const isRewritten = (number: string): boolean => /[.eE]/.test(number) && String(Number(number)) !== number;

/**
 * A JSON object from its text; whole numbers that a double cannot hold come as bigint, since 64-bit ids must keep their last
 * digits. The error is the reason of refusal, for the sender.
 */
export const parseRecord = (text: string): Result<object, string> => parseMarking(text, hasLong(text) ? isLong : null);

/** The same for who indexes it: other numbers that JavaScript would write in another way come as `WrittenNumber`. */
export const parseDocument = (text: string): Result<object, string> =>
  parseMarking(text, hasLong(text) || hasFraction(text) ? (number) => isLong(number) || isRewritten(number) : null);

/** A record that is stored: it was read before. */
export function storedDocument(text: string): object {
  const document = parseDocument(text);
  return must(document.ok ? document.value : null, 'document');
}

/** @param isKept which numbers are more than JavaScript's; null for none */
function parseMarking(text: string, isKept: ((number: string) => boolean) | null): Result<object, string> {
  const parsed = parseJson(text);
  if (!parsed.ok) return fail(`invalid JSON: ${jsonProblemText(text, parsed.error)}`);
  const value = isKept ? withKept(text, isKept) : parsed.value;
  if (value === undefined) return fail('invalid JSON: nested too deep');
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? succeed(value) : fail('not an object');
}

/** Undefined where the levels are too many: whoever changes values on the way goes down one a call. */
function withKept(text: string, isKept: (number: string) => boolean): unknown {
  const marked = text.replaceAll(STRING_OR_NUMBER, (token) =>
    token.startsWith('"') || !isKept(token) ? token : `"${MARK}${token}"`,
  );
  try {
    return JSON.parse(marked, (_, value: unknown) =>
      typeof value === 'string' && value.startsWith(MARK) ? numberOf(value.slice(MARK.length)) : value,
    );
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const numberOf = (text: string): bigint | WrittenNumber => (isLong(text) ? BigInt(text) : new WrittenNumber(text));
