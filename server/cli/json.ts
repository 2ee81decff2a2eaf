import type { Scalar, Value } from '#shared/plan/value.ts';
import { terminalSafe } from './terminal-safe.ts';

export type Json = Value | readonly Json[] | { readonly [name: string]: Json };

/**
 * JSON on one line: 64-bit numbers with all their digits, and nothing in it that a terminal would obey (its escapes are
 * JSON's own, so it still reads the same).
 */
export const jsonLine = (value: Json): string => terminalSafe(jsonOf(value));

function jsonOf(value: Json): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null || !hasBigint(value)) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(jsonOf).join(',')}]`;
  return `{${Object.entries(value)
    .map(([name, member]) => `${JSON.stringify(name)}:${jsonOf(member)}`)
    .join(',')}}`;
}

/** Seldom: what has none, the engine writes ten times as fast. */
const hasBigint = (value: Json): boolean =>
  typeof value === 'bigint' || (typeof value === 'object' && value !== null && Object.values(value).some(hasBigint));

const isList = (value: object): value is readonly Scalar[] | readonly Json[] => Array.isArray(value);
