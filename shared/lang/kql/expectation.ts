/** Where in a query a reader stands: what was read last decides what may follow. */
export type Phase = 'operand' | 'after-not' | 'after-name' | 'after-colon' | 'after-range' | 'complete';

/** What is open: the query itself, `( … )` around queries, `field:{ … }`, `field:( … )`. */
export type Context = 'query' | 'group' | 'nested' | 'values';

export type TokenKind = 'or' | 'and' | 'not' | 'literal' | 'range' | '(' | ')' | '{' | '}' | ':' | 'end' | 'none';

export interface Token {
  readonly kind: TokenKind;
  readonly from: number;
  readonly to: number;
}

/** What a reader of KQL waits for at the place of a mistake. */
export interface Expectation {
  readonly phase: Phase;
  readonly context: Context;
  readonly allowed: readonly TokenKind[];
  /** Offset of the innermost parenthesis that is open. */
  readonly open: number | undefined;
}
