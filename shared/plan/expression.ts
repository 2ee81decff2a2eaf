import type { Span } from '../base/diagnostic.ts';
import type { DissectPattern } from './dissect.ts';
import type { Pattern } from './pattern.ts';
import type { Regex } from './regex.ts';
import type { Scalar, ValueType } from './value.ts';

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

interface Located {
  /** Where the node stands in the query it came from; absent on nodes a rewriter made. */
  readonly span?: Span;
}

/**
 * A test of one element of a field. Elements are never null, so a test is true or false.
 */
export type ElementTest =
  | { readonly kind: 'exists' }
  | { readonly kind: 'equals'; readonly value: Scalar }
  | { readonly kind: 'one-of'; readonly values: readonly Scalar[] }
  | { readonly kind: 'like'; readonly pattern: Pattern }
  | {
      readonly kind: 'range';
      readonly bounds: readonly { readonly operator: '<' | '<=' | '>' | '>='; readonly value: Scalar }[];
    }
  /** `network` in CIDR notation. */
  | { readonly kind: 'cidr'; readonly network: string }
  /** Passes `test`, and is text of at most so many UTF-16 units. */
  | { readonly kind: 'up-to'; readonly units: number; readonly test: ElementTest }
  /** One of the words of the text, as a full-text field has them (`shared/base/words.ts`), passes `test`. */
  | { readonly kind: 'word'; readonly test: ElementTest }
  /** These words stand in the text one behind the other. */
  | { readonly kind: 'phrase'; readonly words: readonly string[] }
  /** True of no element: what a value that its field's type cannot hold comes to. */
  | { readonly kind: 'never' };

/**
 * The one expression tree of both languages; plain data, to be logged, compared and sent. Each language spells its own
 * rules out in it:
 *
 * - KQL's leaves are `any`: true where any element of the field passes the test, false otherwise, also where the field is
 *   absent. Two-valued by construction.
 * - ES|QL's operators take single values. `single` is the view of a cell that has them: its only value; null where there
 *   is none, and null with a warning where there are several. Logic is Kleene's: and, or, not over true, false, null.
 */
export type Expression =
  | (Located & { readonly kind: 'literal'; readonly type: ValueType; readonly value: Scalar | null })
  /** The time of the run, a datetime. */
  | (Located & { readonly kind: 'now' })
  /** All values of a column. */
  | (Located & { readonly kind: 'column'; readonly name: string; readonly type: ValueType })
  | (Located & { readonly kind: 'single'; readonly of: Expression })
  | (Located & {
      readonly kind: 'any';
      readonly field: string;
      readonly type: ValueType;
      readonly caseless?: true;
      readonly test: ElementTest;
    })
  /** One of the objects of a field of type nested passes: in `where`, names are those of the object's own fields. */
  | (Located & { readonly kind: 'nested'; readonly path: string; readonly where: Expression })
  | (Located & {
      readonly kind: 'compare';
      readonly operator: CompareOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  /** SQL's IN: true on a match, else null where the value or an item is null, else false. */
  | (Located & { readonly kind: 'in'; readonly value: Expression; readonly items: readonly Expression[] })
  /** True where any pattern matches the whole value. */
  | (Located & { readonly kind: 'like'; readonly value: Expression; readonly patterns: readonly Pattern[] })
  /** True where any expression matches the whole value. */
  | (Located & { readonly kind: 'regex'; readonly value: Expression; readonly patterns: readonly Regex[] })
  /**
   * What the expression captures where it first matches in each of the texts, capture by capture in this order; nothing of a
   * text in which it does not match, and nothing for a capture that has no part in the match.
   */
  | (Located & {
      readonly kind: 'extract';
      readonly of: Expression;
      readonly regex: Regex;
      readonly captures: readonly number[];
    })
  /** The text with every match replaced by `by`: texts, and numbers for what the match captured. Never matches the empty text. */
  | (Located & {
      readonly kind: 'replace';
      readonly of: Expression;
      readonly regex: Regex;
      readonly by: readonly (string | number)[];
    })
  /** Of each of the texts that the pattern takes apart, these parts joined by the separator. */
  | (Located & {
      readonly kind: 'dissect';
      readonly of: Expression;
      readonly pattern: DissectPattern;
      readonly parts: readonly number[];
      readonly separator: string;
    })
  /** Never null; several values are not null. */
  | (Located & { readonly kind: 'is-null'; readonly of: Expression })
  | (Located & { readonly kind: 'and'; readonly operands: readonly Expression[] })
  | (Located & { readonly kind: 'or'; readonly operands: readonly Expression[] })
  | (Located & { readonly kind: 'not'; readonly operand: Expression })
  | (Located & {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly type: ValueType;
      readonly left: Expression;
      readonly right: Expression;
    })
  /** A function of the table in `functions.ts`. Arguments are cells; a function that wants single values gets `single` nodes. */
  | (Located & {
      readonly kind: 'call';
      readonly name: string;
      readonly type: ValueType;
      readonly args: readonly Expression[];
    });

export const TRUE: Expression = { kind: 'literal', type: 'boolean', value: true };
export const FALSE: Expression = { kind: 'literal', type: 'boolean', value: false };

/** The conjunction of these; true for none, the operand itself for one. */
export function allOf(operands: readonly Expression[], span?: Span): Expression {
  const [first] = operands;
  if (first === undefined) return TRUE;
  return operands.length === 1 ? first : { kind: 'and', operands, ...(span && { span }) };
}

/** The disjunction of these; false for none, the operand itself for one. */
export function anyOf(operands: readonly Expression[], span?: Span): Expression {
  const [first] = operands;
  if (first === undefined) return FALSE;
  return operands.length === 1 ? first : { kind: 'or', operands, ...(span && { span }) };
}

export const not = (operand: Expression, span?: Span): Expression => ({ kind: 'not', operand, ...(span && { span }) });
