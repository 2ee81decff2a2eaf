import { parseRecord } from '#server/store/records/parse-record.ts';
import type { Result } from '#shared/base/result.ts';

/** JSON to be written; what is undefined is left out. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

let last: { readonly line: string; readonly parsed: Result<object, string> } = { line: '', parsed: parseRecord('') };

/**
 * A JSON object of a line; the error is the reason of refusal. Long whole numbers come as bigint. The last one is remembered:
 * a line that one mapping refuses is shown to all others, and most of them look into its JSON.
 */
export function parseObject(line: string): Result<object, string> {
  if (last.line !== line) last = { line, parsed: parseRecord(line) };
  return last.parsed;
}

/** The value below these keys; undefined where there is none. Own properties only: a record names its keys as it likes. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

/** The object below these keys. */
export function objectAt(value: unknown, ...path: readonly string[]): object | undefined {
  const found = at(value, ...path);
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : undefined;
}

/** Words by which sensors say that they know nothing. */
const MISSING: ReadonlySet<string> = new Set(['', '-', '<NA>', '(null)', '(none)', 'null', 'unset', '?']);

/** The text of a scalar; undefined where it says that there is none. */
export function wordOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && !MISSING.has(value) ? value : undefined;
}

export const wordAt = (value: unknown, ...path: readonly string[]): string | undefined => wordOf(at(value, ...path));

/** A number that a kernel id or count can be; -1 and the unsigned form of it mean none. */
export function integerOf(value: unknown): number | undefined {
  const word = wordOf(value);
  if (word === undefined || !/^\d{1,15}$/.test(word)) return undefined;
  const number = Number(word);
  return number === UNSET ? undefined : number;
}

export const UNSET = 4_294_967_295;

export const integerAt = (value: unknown, ...path: readonly string[]): number | undefined =>
  integerOf(at(value, ...path));

/** The id of a user or group as text, as Elasticsearch keeps it. */
export const idOf = (value: unknown): string | undefined => {
  const word = wordOf(value);
  return word === '-1' || word === String(UNSET) ? undefined : word;
};

/** A list of texts as it came: an argument may be `-`, or empty. */
export function textsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((item: unknown) => (typeof item === 'string' ? item : String(wordOf(item) ?? '')));
}
