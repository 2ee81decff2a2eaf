import { unreachable } from '#shared/base/assert.ts';
import { namedInEsql } from './esql/named-fields.ts';
import { namedInKql } from './kql/named-fields.ts';
import type { NamedField } from './named-field.ts';

export type QueryLanguage = 'kql' | 'esql';

/** The source fields that a query names, in reading order, with what each use asks of its type; see either language. */
export function fieldsNamed(query: string, language: QueryLanguage): readonly NamedField[] {
  switch (language) {
    case 'kql':
      return namedInKql(query);
    case 'esql':
      return namedInEsql(query);
    default:
      return unreachable(language);
  }
}
