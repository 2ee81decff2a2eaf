/**
 * Whole numbers of 64 bits with a sign, as Elasticsearch's `long` keeps them. In the program a long is a number while that is
 * exact, and a bigint beyond.
 */
export type Long = number | bigint;

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

/** The long of this size; null outside of 64 bits. */
export function longOf(value: bigint): Long | null {
  if (value < MIN_LONG || value > MAX_LONG) return null;
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** A number with its fraction cut; null where no long is so large, or it is no number. */
export const longOfNumber = (value: number): Long | null =>
  Number.isFinite(value) ? longOf(BigInt(Math.trunc(value))) : null;

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/**
 * A decimal number's text as a long, its fraction cut; null where it is none. Plain decimals are exact, however long; one
 * with an exponent goes through a double.
 */
export function parseLong(text: string): Long | null {
  const parts = DECIMAL.exec(text);
  if (!parts || !hasDigits(parts)) return null;
  if (parts[4] !== undefined) return longOfNumber(Number(text));
  const size = BigInt(parts[2] || '0');
  return longOf(parts[1] === '-' ? -size : size);
}

/** A decimal number's text as a double; null where it is none, or too large for one. */
export function parseDouble(text: string): number | null {
  const parts = DECIMAL.exec(text);
  if (!parts || !hasDigits(parts)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value + 0 : null;
}

const hasDigits = (parts: RegExpExecArray): boolean => Boolean(parts[2]) || Boolean(parts[3]);
