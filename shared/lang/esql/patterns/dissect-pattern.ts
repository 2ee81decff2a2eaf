import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { DissectPart, DissectPattern } from '#shared/plan/dissect.ts';

export interface DissectKeys {
  readonly pattern: DissectPattern;
  /** The columns in order of their first part, with the parts that each is joined of. */
  readonly columns: readonly { readonly name: string; readonly parts: readonly number[] }[];
}

const KEY = /%\{([^}]*)\}/g;
const MODIFIED = /^([+?*&]?)(.*?)(?:\/(\d+))?(->)?$/s;

interface Key {
  readonly name: string;
  readonly append: boolean;
  readonly order: number | null;
}

/**
 * A pattern of DISSECT: `%{key}` with text between; `%{}` and `%{?key}` are left out, `%{+key}` is joined to the others of its
 * name, `%{key->}` takes delimiters that repeat behind it. The error says what is wrong.
 */
export function parseDissectPattern(text: string): Result<DissectKeys, string> {
  const found = [...text.matchAll(KEY)];
  const [first] = found;
  if (!first) return fail('it has no key such as %{name}');
  const parts: DissectPart[] = [];
  const keys: Key[] = [];
  for (const [at, match] of found.entries()) {
    const end = match.index + match[0].length;
    const [, modifier = '', name = '', order, padding] = MODIFIED.exec(match[1] ?? '') ?? [];
    if (modifier === '*' || modifier === '&') return fail('reference keys, %{*key} and %{&key}, are not supported');
    const delimiter = text.slice(end, found[at + 1]?.index ?? text.length);
    if (delimiter === '' && at < found.length - 1) return fail('two keys stand side by side, with nothing between');
    parts.push({ delimiter, padded: padding !== undefined });
    keys.push({
      name: modifier === '?' ? '' : name,
      append: modifier === '+',
      order: order === undefined ? null : Number(order),
    });
  }
  const columns = columnsOf(keys);
  if (columns.length === 0) return fail('none of its keys has a name');
  return succeed({ pattern: { leading: text.slice(0, first.index), parts }, columns });
}

/** A name given twice holds its last part, unless parts are joined. */
function columnsOf(keys: readonly Key[]): DissectKeys['columns'] {
  const names = [...new Set(keys.map(({ name }) => name))].filter((name) => name !== '');
  return names.map((name) => {
    const own = keys.flatMap((key, part) => (key.name === name ? [{ ...key, part }] : []));
    const ordered = own.toSorted((left, right) => (left.order ?? 0) - (right.order ?? 0));
    const parts = ordered.map(({ part }) => part);
    return { name, parts: own.some(({ append }) => append) ? parts : parts.slice(-1) };
  });
}
