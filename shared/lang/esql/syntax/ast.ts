import type { Span } from '#shared/base/diagnostic.ts';
import type { ArithmeticOperator, CompareOperator } from '#shared/plan/expression.ts';

/** A piece of text with its place. */
export interface Word extends Span {
  readonly text: string;
}

/** A text literal, its escapes resolved. */
export interface StringLiteral extends Span {
  readonly kind: 'string';
  readonly value: string;
}

/** A node of an expression, as written: nothing is looked up or typed yet. */
export type Node =
  | StringLiteral
  | (Span & { readonly kind: 'number'; readonly text: string })
  | (Span & { readonly kind: 'boolean'; readonly value: boolean })
  | (Span & { readonly kind: 'null' })
  | (Span & { readonly kind: 'timespan'; readonly amount: string; readonly unit: Word })
  | (Span & { readonly kind: 'name'; readonly name: string })
  /** `star`: called as `count(*)`. */
  | (Span & {
      readonly kind: 'call';
      readonly name: Word;
      readonly args: readonly Node[];
      readonly star: boolean;
      /** Named options, `{"operator": "AND"}`; absent where none are given. */
      readonly options?: readonly Option[];
    })
  /** `[1, 2]`: several values. */
  | (Span & { readonly kind: 'list'; readonly items: readonly Node[] })
  | (Span & { readonly kind: 'compare'; readonly operator: CompareOperator; readonly left: Node; readonly right: Node })
  | (Span & { readonly kind: 'in'; readonly negated: boolean; readonly value: Node; readonly items: readonly Node[] })
  | (Span & { readonly kind: 'is-null'; readonly negated: boolean; readonly of: Node })
  | (Span & {
      readonly kind: 'like' | 'rlike';
      readonly negated: boolean;
      readonly value: Node;
      readonly patterns: readonly StringLiteral[];
    })
  /** The match operator, `field : "text"`. */
  | (Span & { readonly kind: 'match'; readonly field: Node; readonly query: Node })
  | (Span & { readonly kind: 'and' | 'or'; readonly operands: readonly Node[] })
  | (Span & { readonly kind: 'not'; readonly operand: Node })
  | (Span & { readonly kind: 'sign'; readonly sign: '+' | '-'; readonly operand: Node })
  | (Span & {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Node;
      readonly right: Node;
    })
  | (Span & { readonly kind: 'cast'; readonly of: Node; readonly type: Word });

/** A name with a constant: an option of DISSECT or of a function, a setting of SET. */
export interface Option {
  readonly name: Word;
  readonly value: Node;
}

/** `name = value`, or the value alone under the name of its own text. */
export interface FieldNode extends Span {
  readonly name: Word | null;
  readonly value: Node;
}

export interface AggregateNode extends FieldNode {
  readonly where: Node | null;
}

/** A name with `*` for any run of characters; in backticks a star is itself. */
export interface NamePattern extends Span {
  /** The name, where it has no wildcard in it; else as written. */
  readonly text: string;
  /** Literal stretches with wildcards between them; one stretch means a plain name. */
  readonly stretches: readonly string[];
}

export interface SortNode extends Span {
  readonly value: Node;
  readonly direction: 'ascending' | 'descending';
  /** Null: not said. */
  readonly nulls: 'first' | 'last' | null;
}

export type Command =
  | (Span & { readonly kind: 'where'; readonly condition: Node })
  | (Span & { readonly kind: 'eval'; readonly fields: readonly FieldNode[] })
  | (Span & { readonly kind: 'keep' | 'drop'; readonly patterns: readonly NamePattern[] })
  | (Span & { readonly kind: 'rename'; readonly renamings: readonly { readonly from: Word; readonly to: Word }[] })
  | (Span & {
      readonly kind: 'stats';
      /** INLINE STATS: columns are added to the rows instead of made into groups. */
      readonly inline: boolean;
      readonly aggregates: readonly AggregateNode[];
      readonly by: readonly FieldNode[];
    })
  | (Span & { readonly kind: 'sort'; readonly keys: readonly SortNode[] })
  | (Span & {
      readonly kind: 'limit';
      readonly count: Node;
      /** What the rows are counted by; none: all of them together. */
      readonly by: readonly Node[];
    })
  | (Span & { readonly kind: 'mv-expand'; readonly column: Word })
  | (Span & { readonly kind: 'row'; readonly fields: readonly FieldNode[] })
  | (Span & { readonly kind: 'grok'; readonly value: Node; readonly patterns: readonly StringLiteral[] })
  | (Span & {
      readonly kind: 'dissect';
      readonly value: Node;
      readonly pattern: StringLiteral;
      readonly options: readonly Option[];
    })
  /** A command that the grammar does not spell out. */
  | (Span & { readonly kind: 'unknown'; readonly name: Word });

export interface Query {
  /** Index patterns, as written or unquoted; empty where the query begins otherwise than with FROM. */
  readonly indices: readonly string[];
  readonly metadata: readonly Word[];
  /** What SET says before the query. */
  readonly settings: readonly Option[];
  readonly commands: readonly Command[];
}

/** The operands of a node, in reading order. */
export function operandsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'call':
      return node.args;
    case 'list':
      return node.items;
    case 'match':
      return [node.field, node.query];
    case 'compare':
    case 'arithmetic':
      return [node.left, node.right];
    case 'in':
      return [node.value, ...node.items];
    case 'like':
    case 'rlike':
      return [node.value];
    case 'and':
    case 'or':
      return node.operands;
    case 'not':
    case 'sign':
      return [node.operand];
    case 'is-null':
    case 'cast':
      return [node.of];
    default:
      return [];
  }
}
