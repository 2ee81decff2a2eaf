import { randomUUID } from 'node:crypto';
import { jsonProblemText, parseJson } from '#shared/base/json.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';

/** Strings of JSON as they are, and bare whole numbers of 16 digits and more, which a double may not hold. */
const STRING_OR_LONG_NUMBER = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?[1-9]\d{15,}(?![\d.eE])/g;

/** Cannot be guessed by the writer of a record. */
const MARK = `bigint ${randomUUID()} `;

/**
 * A JSON object from its text; whole numbers that a double cannot hold come as bigint, since 64-bit ids must keep their last
 * digits. The error is the reason of refusal, for the sender.
 */
export function parseRecord(text: string): Result<object, string> {
  const parsed = parseJson(text);
  if (!parsed.ok) return fail(`invalid JSON: ${jsonProblemText(text, parsed.error)}`);
  const value = /\d{16}/.test(text) ? withBigints(text) : parsed.value;
  if (value === undefined) return fail('invalid JSON: nested too deep');
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? succeed(value) : fail('not an object');
}

/** Undefined where the levels are too many: whoever changes values on the way goes down one a call. */
function withBigints(text: string): unknown {
  const marked = text.replaceAll(STRING_OR_LONG_NUMBER, (token) =>
    token.startsWith('"') ? token : `"${MARK}${token}"`,
  );
  try {
    return JSON.parse(marked, (_, value: unknown) =>
      typeof value === 'string' && value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value,
    );
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
