import { catalogueOf, type Field, type FieldCatalogue, type FieldType } from './field.ts';
import { fieldOf, isKnownObject, KEYWORD_LIMIT, knownField, nestedAbove } from './known-fields.ts';
import { listAbove, withMember } from './widen-nested.ts';

/** A catalogue with the fields that queries name beside its own. */
export interface WidenedCatalogue extends FieldCatalogue {
  /** Names that nobody knows, and that were taken for fields nevertheless: by their use, else keywords. */
  readonly guessed: readonly string[];
}

/** Sub-fields of Elastic's mappings, by the end of their names: their values are those of the field they belong to. */
const SUB_FIELDS: Readonly<Record<string, FieldType>> = { '.text': 'text', '.keyword': 'keyword' };
const CASELESS = '.caseless';

/**
 * The catalogue with a field for every one of these names that it lacks: of the type that Elastic's schemas give it, else of
 * the type that its use asks for, else a keyword.
 * @param uses types that a query's use of unknown names asks for
 */
export function widen(
  catalogue: FieldCatalogue,
  names: Iterable<string>,
  uses: ReadonlyMap<string, FieldType> = new Map(),
): WidenedCatalogue {
  const fields = new Map(catalogue.fields.map((field) => [field.name, field]));
  const guessed = new Set<string>();
  const add = (name: string): Field => {
    const present = fields.get(name);
    if (present) return present;
    const use = uses.get(name);
    // A catalogue may know more names than it lists: those below a flattened field.
    const known = catalogue.find(name) ?? knownField(name, use);
    if (!known) guessed.add(name);
    const field = known ?? fieldOf(name, use ?? 'keyword');
    fields.set(name, field);
    return field;
  };
  for (const name of names) {
    if (fields.has(name) || catalogue.unusable?.(name) !== undefined) continue;
    // Asked in braces, an object that is known is no list of objects, and stays none.
    if (uses.get(name) !== 'nested' || nestedAbove(name).length > 0 || !isObject(name, fields))
      addName(name, { fields, uses, add });
  }
  const { unusable } = catalogue;
  return { ...catalogueOf([...fields.values()]), ...(unusable && { unusable }), guessed: [...guessed] };
}

interface Widening {
  readonly fields: Map<string, Field>;
  readonly uses: ReadonlyMap<string, FieldType>;
  /** Adds a field that stands in the event itself. */
  readonly add: (name: string) => Field;
}

function addName(name: string, { fields, uses, add }: Widening): void {
  const list = listAbove(name, fields);
  if (list) {
    fields.set(list.name, withMember(list, name, uses));
    return;
  }
  if (name.endsWith(CASELESS)) {
    const parent = add(name.slice(0, -CASELESS.length));
    if (isText(parent) && !parent.caseless) fields.set(parent.name, withCaseless(parent));
    return;
  }
  const ending = Object.keys(SUB_FIELDS).find((end) => name.endsWith(end) && name.length > end.length);
  if (ending === undefined || knownField(name.slice(0, -ending.length)) === null) {
    add(name);
    return;
  }
  const source = name.slice(0, -ending.length);
  const type = SUB_FIELDS[ending] ?? 'keyword';
  fields.set(name, { ...fieldOf(name, type), source: fields.get(source)?.source ?? source });
}

const isObject = (name: string, fields: ReadonlyMap<string, Field>): boolean =>
  isKnownObject(name) || [...fields.keys()].some((field) => field.startsWith(`${name}.`));

const isText = ({ type }: Field): boolean => type === 'keyword' || type === 'wildcard' || type === 'constant_keyword';

const withCaseless = (field: Field): Field => ({
  ...field,
  caseless: true,
  ...(field.ignoreAbove === undefined && { caselessIgnoreAbove: KEYWORD_LIMIT }),
});
