import type { Diagnostic, Span } from '#shared/base/diagnostic.ts';
import { otherLanguage } from '#shared/lang/other-language.ts';
import type { Expectation, Token, TokenKind } from './expectation.ts';
import { foreignOperatorBefore } from './foreign-operator.ts';
import { syntaxRemedy } from './syntax-remedy.ts';

const NAMES: Readonly<Record<TokenKind, string>> = {
  or: 'OR',
  and: 'AND',
  not: 'NOT',
  literal: 'a value',
  range: 'a comparison (<, <=, >, >=)',
  end: 'end of input',
  none: '',
  '(': "'('",
  ')': "')'",
  '{': "'{'",
  '}': "'}'",
  ':': "':'",
};

/** A query of another language, which has more mistakes than anybody wants to read; null where it looks like none. */
export function foreignLanguage(text: string): Diagnostic | null {
  const remedy = otherLanguage(text, 'kql');
  if (remedy === null) return null;
  const [, blanks = '', word = ''] = /^(\s*)(\S*)/.exec(text) ?? [];
  return problem('This is no KQL.', remedy, { from: blanks.length, to: blanks.length + word.length });
}

/** What is wrong at a token that cannot stand where it does. */
export function describe(text: string, token: Token, expectation: Expectation): Diagnostic {
  const operator = expectation.phase === 'after-name' ? foreignOperatorBefore(text, token.from) : null;
  if (operator) {
    const written = text.slice(operator.span.from, operator.span.to);
    return problem(`\`${written}\` is no operator here.`, operator.remedy, operator.span);
  }
  const span = { from: token.from, to: Math.max(token.to, Math.min(token.from + 1, text.length)) };
  return problem(expectedAt(text, token, expectation), syntaxRemedy(text, token.from, expectation), span);
}

const problem = (message: string, remedy: string | null, span: Span): Diagnostic => ({
  code: 'syntax',
  severity: 'error',
  message,
  ...(remedy !== null && { remedy }),
  span,
});

function expectedAt(text: string, token: Token, { phase, context, allowed }: Expectation): string {
  const namesField = (phase === 'operand' || phase === 'after-not') && context !== 'values';
  const names = allowed
    .filter((kind) => kind !== 'end' || phase !== 'operand')
    .map((kind) => (kind === 'literal' && namesField ? 'a field name or value' : NAMES[kind]));
  const found = token.kind === 'end' ? 'the query ends here' : `found ${quote(text, token)}`;
  return `Expected ${listOf(names)}, but ${found}.`;
}

const quote = (text: string, token: Token): string =>
  token.kind === 'not' || token.kind === 'literal'
    ? `'${text.slice(token.from, Math.min(token.to, token.from + 30)).trim()}'`
    : `'${String.fromCodePoint(text.codePointAt(token.from) ?? 0)}'`;

function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
