import { ExternalTokenizer, type InputStream } from '@lezer/lr';
import { type Characters, type Keyword, keywordLength, quotedLength, unquotedLength } from './lexis.ts';
import { And, Not, Or, Quoted, Unquoted } from './parser.generated.terms.ts';

const ahead =
  (input: InputStream): Characters =>
  (at) =>
    input.peek(at);

/** Operators with the blanks they need, where one may stand: elsewhere the blanks are just blanks, and `or` is a word. */
export const keywords = new ExternalTokenizer(
  (input, stack) => {
    const characters = ahead(input);
    const accept = (keyword: Keyword, term: number): boolean => {
      const length = stack.canShift(term) ? keywordLength(characters, 0, keyword) : 0;
      if (length > 0) input.acceptToken(term, length);
      return length > 0;
    };
    if (!accept('or', Or) && !accept('and', And)) accept('not', Not);
  },
  { contextual: true },
);

export const literals = new ExternalTokenizer((input) => {
  const characters = ahead(input);
  const quoted = quotedLength(characters, 0);
  if (quoted > 0) {
    input.acceptToken(Quoted, quoted);
    return;
  }
  const unquoted = unquotedLength(characters, 0);
  if (unquoted > 0) input.acceptToken(Unquoted, unquoted);
});
