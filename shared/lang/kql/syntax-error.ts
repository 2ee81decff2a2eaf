import type { Diagnostic, Span } from '#shared/base/diagnostic.ts';
import type { Context, Phase, Token, TokenKind } from './expectation.ts';
import { charactersOf, isSpace, keywordLength, quotedLength, skipSpaces, unquotedLength } from './lexis.ts';
import { describe, foreignLanguage } from './syntax-problem.ts';

const FOLLOWERS: Readonly<Record<Phase, readonly TokenKind[]>> = {
  operand: ['literal', 'not', '('],
  'after-not': ['literal', '('],
  'after-name': ['and', 'or', ':', 'range'],
  'after-colon': ['literal', '(', '{'],
  'after-range': ['literal'],
  complete: ['and', 'or'],
};

const CLOSERS: Readonly<Record<Context, TokenKind>> = { query: 'end', group: ')', nested: '}', values: ')' };

/** The next token where these kinds may stand. Operators come first: they take the blanks around them. */
function tokenAt(text: string, at: number, allowed: readonly TokenKind[]): Token {
  const characters = charactersOf(text);
  for (const keyword of ['or', 'and'] as const) {
    const length = allowed.includes(keyword) ? keywordLength(characters, at, keyword) : 0;
    if (length > 0) return { kind: keyword, from: at, to: at + length };
  }
  const from = skipSpaces(characters, at);
  const token = (kind: TokenKind, length: number): Token => ({ kind, from, to: from + length });
  const not = keywordLength(characters, from, 'not');
  if (not > 0) return token('not', not);
  const literal = quotedLength(characters, from) || unquotedLength(characters, from);
  if (literal > 0) return token('literal', literal);
  const range = /^[<>]=?/.exec(text.slice(from, from + 2));
  if (range) return token('range', range[0].length);
  const character = text.charAt(from);
  if (character === '') return token('end', 0);
  return '(){}:'.includes(character) ? token(character as TokenKind, 1) : token('none', 1);
}

/** More than a reader looks at. */
const MOST_ERRORS = 10;

/**
 * The places where no query can go on, as diagnostics; none for a query. Behind a mistake the reader goes on at the next AND or OR,
 * or behind the parenthesis that closes what is open, so that one mistake is one. A reader of its own beside the grammar, because
 * a tree with error nodes does not tell what was expected; a property test holds the two together.
 */
export function findSyntaxErrors(text: string): readonly Diagnostic[] {
  const errors: Diagnostic[] = [];
  const open: Opening[] = [];
  let phase: Phase = 'operand';
  let at = 0;
  for (;;) {
    const context = open.at(-1)?.context ?? 'query';
    const mayClose = phase === 'complete' || (phase === 'after-name' && context !== 'values');
    const mayEnd = mayClose || (phase === 'operand' && at === 0);
    const allowed = [...FOLLOWERS[phase], ...(mayClose || (mayEnd && context === 'query') ? [CLOSERS[context]] : [])];
    const token = tokenAt(text, at, allowed);
    if (!allowed.includes(token.kind)) {
      const foreign = errors.length === 0 ? foreignLanguage(text) : null;
      if (foreign) return [foreign];
      errors.push(describe(text, token, { phase, context, allowed, open: open.at(-1)?.at }));
      const next = errors.length < MOST_ERRORS ? recover(text, token, open) : null;
      if (next === null) return errors;
      phase = next.phase;
      at = next.at;
      continue;
    }
    if (token.kind === 'end') return errors;
    if (token.kind === '(') {
      const values = phase === 'after-colon' || context === 'values';
      open.push({ context: values ? 'values' : 'group', at: token.from });
    }
    if (token.kind === '{') open.push({ context: 'nested', at: token.from });
    if (token.kind === ')' || token.kind === '}') open.pop();
    phase = phaseAfter(token.kind, phase, context);
    at = token.to;
  }
}

interface Opening {
  readonly context: Context;
  readonly at: number;
}

/** Where reading can go on behind a mistake; null where nothing tells. Closes what a parenthesis on the way closes. */
function recover(text: string, mistake: Token, open: Opening[]): { readonly phase: Phase; readonly at: number } | null {
  const characters = charactersOf(text);
  let depth = 0;
  for (let at = mistake.from; at < text.length; ) {
    const operator = keywordLength(characters, at, 'or') || keywordLength(characters, at, 'and');
    if (operator > 0 && depth === 0 && at > mistake.from) return { phase: 'operand', at: at + operator };
    const character = text.charAt(at);
    const quoted = quotedLength(characters, at);
    // What an open quotation mark holds, nobody knows.
    if (character === '"' && quoted === 0) return null;
    if (character === '(' || character === '{') depth++;
    if (character === ')' || character === '}') {
      const closes = CLOSERS[open.at(-1)?.context ?? 'query'] === character;
      if (depth === 0 && closes) {
        open.pop();
        return { phase: 'complete', at: at + 1 };
      }
      depth = Math.max(0, depth - 1);
    }
    // An operator takes all the blanks in front of it, so that no blank but the first can begin one.
    at = isSpace(characters(at)) ? skipSpaces(characters, at) : at + (quoted || (character === '\\' ? 2 : 1));
  }
  return null;
}

function phaseAfter(kind: TokenKind, phase: Phase, context: Context): Phase {
  switch (kind) {
    case 'not':
      return 'after-not';
    case 'literal':
      return phase === 'after-colon' || phase === 'after-range' || context === 'values' ? 'complete' : 'after-name';
    case ')':
    case '}':
      return 'complete';
    case ':':
      return 'after-colon';
    case 'range':
      return 'after-range';
    default:
      return 'operand';
  }
}

/** Where parentheses and braces nest deeper than `limit`: the one too many; null where they never do. */
export function nestingOf(text: string, limit: number): Span | null {
  const characters = charactersOf(text);
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const literal = isSpace(characters(at)) ? 1 : quotedLength(characters, at) || unquotedLength(characters, at);
    if (literal > 0) {
      at += literal;
      continue;
    }
    const character = text.charAt(at);
    if (character === '(' || character === '{') depth++;
    if (character === ')' || character === '}') depth--;
    if (depth > limit) return { from: at, to: at + 1 };
    at++;
  }
  return null;
}
