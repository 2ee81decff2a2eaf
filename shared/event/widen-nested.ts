import type { Field, FieldType } from './field.ts';
import { fieldOf, knownField, nestedAbove } from './known-fields.ts';
import { isWithinPath, nestedFieldAbove } from './nested-path.ts';

/** The list of objects that the name stands in or is, made where the schemas have it and there is no field of its name yet. */
export function listAbove(name: string, fields: ReadonlyMap<string, Field>): Field | null {
  const present = nestedFieldAbove(name, [...fields.values()]);
  const [path] = nestedAbove(name);
  if (present || path === undefined || fields.has(path)) return present ?? null;
  return { name: path, type: 'nested', fields: [] };
}

/**
 * The list with the field of this name in its objects: of the type that the schemas give it, else a keyword. Where the name stands in
 * lists of these objects, in theirs.
 * @param name in full, from the event
 * @param path of the list, in full
 */
export function withMember(
  list: Field,
  name: string,
  uses: ReadonlyMap<string, FieldType>,
  path: string = list.name,
): Field {
  const members = list.fields ?? [];
  const inner = name.slice(path.length + 1);
  if (inner === '' || members.some((field) => field.name === inner)) return list;
  const known = nestedAbove(name).flatMap((one) => (isWithinPath(one, path) ? one.slice(path.length + 1) : []));
  const lists = [...members.filter(({ type }) => type === 'nested').map((field) => field.name), ...known];
  const within = lists.find((one) => one !== '' && isWithinPath(inner, one));
  if (within === undefined) {
    const type = uses.get(name) === 'nested' ? 'nested' : (knownField(name)?.type ?? 'keyword');
    return { ...list, fields: [...members, fieldOf(inner, type)] };
  }
  const inside = members.find((field) => field.name === within) ?? fieldOf(within, 'nested');
  const others = members.filter((field) => field !== inside);
  return { ...list, fields: [...others, withMember(inside, name, uses, `${path}.${within}`)] };
}
