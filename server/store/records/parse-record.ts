import { randomUUID } from 'node:crypto';
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
  if (!parsed.ok) return parsed;
  const value = parsed.value;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? succeed(value) : fail('not an object');
}

function parseJson(text: string): Result<unknown, string> {
  try {
    const value: unknown = JSON.parse(text);
    return succeed(/\d{16}/.test(text) ? withBigints(text) : value);
  } catch (error) {
    return fail(`invalid JSON: ${error instanceof Error ? firstWords(error.message) : String(error)}`);
  }
}

const firstWords = (message: string): string => message.replaceAll(/\s+/g, ' ').slice(0, 200);

function withBigints(text: string): unknown {
  const marked = text.replaceAll(STRING_OR_LONG_NUMBER, (token) =>
    token.startsWith('"') ? token : `"${MARK}${token}"`,
  );
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value,
  );
}
