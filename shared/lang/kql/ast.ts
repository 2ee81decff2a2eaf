import type { Span } from '#shared/base/diagnostic.ts';
import type { Pattern } from '#shared/plan/pattern.ts';

interface Located {
  readonly span: Span;
}

/** A field name or a value. Bare `true`, `false`, `null` and numbers are texts that are not quoted. */
export type Literal =
  | (Located & { readonly kind: 'text'; readonly text: string; readonly quoted: boolean })
  /** Unquoted, with at least one bare `*`. */
  | (Located & { readonly kind: 'wildcard'; readonly pattern: Pattern });

export type RangeOperator = '<' | '<=' | '>' | '>=';

/** What stands behind `field:`. */
export type ValuesNode =
  | (Located & { readonly kind: 'value'; readonly value: Literal })
  | (Located & { readonly kind: 'and' | 'or'; readonly operands: readonly ValuesNode[] })
  | (Located & { readonly kind: 'not'; readonly operand: ValuesNode });

export type QueryNode =
  | (Located & { readonly kind: 'and' | 'or'; readonly operands: readonly QueryNode[] })
  | (Located & { readonly kind: 'not'; readonly operand: QueryNode })
  | (Located & { readonly kind: 'match'; readonly field: Literal; readonly values: ValuesNode })
  | (Located & {
      readonly kind: 'range';
      readonly field: Literal;
      readonly operator: RangeOperator;
      readonly value: Literal;
    })
  /** `field:{ … }`: names inside are relative to the field. */
  | (Located & { readonly kind: 'nested'; readonly field: Literal; readonly query: QueryNode })
  /** A value without a field. */
  | (Located & { readonly kind: 'free-text'; readonly value: Literal });

/** A parsed query; null is the empty one, which matches everything. Parentheses are in the tree's shape. */
export type Query = QueryNode | null;
