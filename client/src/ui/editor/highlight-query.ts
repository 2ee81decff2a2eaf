import { highlightTree } from '@lezer/highlight';
import { parser as esqlParser } from '#shared/lang/esql/syntax/parser.generated.ts';
import { parser as kqlParser } from '#shared/lang/kql/parser.generated.ts';
import type { QueryLanguage } from './language.ts';
import { tokenClasses } from './token-classes.ts';

/** A piece of a query; no classes where it has no colour. */
export interface Stretch {
  readonly text: string;
  readonly classes: string;
}

/** A query cut where its colour changes; together the pieces are the text. */
export function highlightQuery(language: QueryLanguage, text: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let done = 0;
  const upTo = (end: number, classes: string): void => {
    if (end > done) stretches.push({ text: text.slice(done, end), classes });
    done = end;
  };
  const tree = (language === 'kql' ? kqlParser : esqlParser).parse(text);
  highlightTree(tree, tokenClasses, (from, to, classes) => {
    upTo(from, '');
    upTo(to, classes);
  });
  upTo(text.length, '');
  return stretches;
}
