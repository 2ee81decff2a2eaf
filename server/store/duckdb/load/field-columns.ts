import { type Field, type FieldCatalogue, pathOf } from '#shared/event/field.ts';

/** Names that the table and the statements that fill it use for themselves. */
const RESERVED: ReadonlySet<string> = new Set([
  ...['seq', 'id', 'batch', 'ns', 'spill', 'entity_hash', 'parent_hash', 'id_hash', 'text', 'place', 'sure'],
]);

/** A name of k parts has 2^(k-1) spellings: from here on they are not spelled out. */
const MOST_PARTS = 8;

/**
 * The column of each field: its own name, wherever that can be one. DuckDB's names ignore case, some are taken, and none
 * holds a NUL: fields with such names get their place in the catalogue behind a text no field of theirs has.
 */
export function fieldColumns({ fields }: FieldCatalogue): ReadonlyMap<string, string> {
  const clashing = namesThatClash(fields);
  return new Map(
    fields.map(({ name }, index) => [name, isPlain(name, clashing) ? name : `field ${index} ${shown(name)}`]),
  );
}

/**
 * Whether one parse by the engine can find every field: it tells keys apart by more than their case, and the ways to write
 * each name are few.
 */
export function canReadBySql(fields: readonly Field[]): boolean {
  const keys = new Map<string, string>();
  return fields.every((field) => {
    const path = pathOf(field);
    const parts = path.split('.');
    return parts.length <= MOST_PARTS && !parts.includes('') && !path.includes('\0') && isSpelledAlike(keys, parts);
  });
}

/** Whether every beginning of the name has the same letters as all before it that only differ in case. */
function isSpelledAlike(keys: Map<string, string>, parts: readonly string[]): boolean {
  return parts.every((_, index) => {
    const path = parts.slice(0, index + 1).join('.');
    const known = keys.get(path.toLowerCase());
    keys.set(path.toLowerCase(), path);
    return known === undefined || known === path;
  });
}

/** Of names that differ in case only, the one in lower case keeps the column. */
const isPlain = (name: string, clashing: ReadonlySet<string>): boolean =>
  !name.includes('\0') &&
  !RESERVED.has(name.toLowerCase()) &&
  (!clashing.has(name.toLowerCase()) || name === name.toLowerCase());

function namesThatClash(fields: readonly Field[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of fields) {
    const folded = name.toLowerCase();
    if (seen.has(folded)) twice.add(folded);
    seen.add(folded);
  }
  return twice;
}

const shown = (name: string): string => name.replaceAll('\0', '');
