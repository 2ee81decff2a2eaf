import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue, FieldType } from '#shared/event/field.ts';
import { knownNames } from '#shared/event/known-fields.ts';
import { type WidenedCatalogue, widen } from '#shared/event/widen.ts';
import { fieldsNamed, type QueryLanguage } from './fields-named.ts';
import { nearNames } from './kql/near-names.ts';
import type { NamedField } from './named-field.ts';

export interface WidenedForQuery {
  readonly catalogue: WidenedCatalogue;
  /** One for each name that nobody knows, placed where the query first names it. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * The catalogue with every field that a query names: those that Elastic's schemas know with their types; others as their use
 * in the query asks, with a warning.
 * @param others names that belong to the query and do not stand in it, as the fields of new terms
 */
export function widenForQuery(
  catalogue: FieldCatalogue,
  query: string,
  language: QueryLanguage,
  others: readonly string[] = [],
): WidenedForQuery {
  const named = fieldsNamed(query, language);
  const wide = widen(catalogue, [...named.map(({ name }) => name), ...others], usesOf(named));
  return { catalogue: wide, warnings: wide.guessed.slice(0, MOST_WARNED).map((name) => warningOf(name, wide, named)) };
}

/** Near names are looked for this often: a query of more unknown names is none that a person wrote. */
const MOST_WARNED = 50;

/** Where uses differ, a number with a fraction takes both kinds; other differences leave it to the compiler to complain. */
function usesOf(named: readonly NamedField[]): ReadonlyMap<string, FieldType> {
  const uses = new Map<string, FieldType>();
  for (const { name, use } of named) {
    if (use !== null && (use === 'double' || !uses.has(name))) uses.set(name, use);
  }
  return uses;
}

function warningOf(name: string, wide: WidenedCatalogue, named: readonly NamedField[]): Diagnostic {
  const own = wide.fields.map((field) => field.name).filter((known) => !wide.guessed.includes(known));
  const near = nearNames(name, [...new Set([...own, ...knownNames()])]);
  const span = named.find((field) => field.name === name || field.name.startsWith(`${name}.`))?.span;
  return {
    code: 'guessed-field',
    severity: 'warning',
    message: `No schema known here has a field ${name}: it is taken to be of type ${wide.find(name)?.type ?? 'keyword'}.`,
    ...(near.length > 0 && { remedy: `Did you mean ${near.join(' or ')}?` }),
    ...(span && { span }),
  };
}
