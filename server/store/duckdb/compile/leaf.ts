import type { Expression } from '#shared/plan/expression.ts';
import { type Alternatives, NO_ALTERNATIVES } from './one-of.ts';

/**
 * A leaf that asks whether a column's value is one of some constants, or in one of some networks. Leaves of one subject that are or-ed with each other
 * are one question.
 */
export interface Leaf {
  /** `any` looks at all values of the field, `single` at the only one. */
  readonly view: 'any' | 'single';
  readonly column: string;
  readonly caseless: boolean;
  readonly alternatives: Alternatives;
}

/** The expression as such a leaf; null where it asks something else. */
export function leafOf(expression: Expression): Leaf | null {
  switch (expression.kind) {
    case 'any':
      return anyLeaf(expression);
    case 'like':
      return singleLeaf(expression.value, { ...NO_ALTERNATIVES, patterns: expression.patterns });
    case 'in':
      return inLeaf(expression);
    case 'compare':
      return expression.operator === '==' ? inLeaf({ value: expression.left, items: [expression.right] }) : null;
    default:
      return null;
  }
}

function anyLeaf({ field, caseless, test }: Expression & { readonly kind: 'any' }): Leaf | null {
  const leaf = (alternatives: Alternatives): Leaf => ({
    view: 'any',
    column: field,
    caseless: caseless === true,
    alternatives,
  });
  switch (test.kind) {
    case 'equals':
      return leaf({ ...NO_ALTERNATIVES, values: [test.value] });
    case 'one-of':
      return leaf({ ...NO_ALTERNATIVES, values: test.values });
    case 'like':
      return leaf({ ...NO_ALTERNATIVES, patterns: [test.pattern] });
    case 'cidr':
      return leaf({ ...NO_ALTERNATIVES, networks: [test.network] });
    default:
      return null;
  }
}

function singleLeaf(subject: Expression, alternatives: Alternatives): Leaf | null {
  const column = subject.kind === 'single' ? subject.of : subject;
  return column.kind === 'column' ? { view: 'single', column: column.name, caseless: false, alternatives } : null;
}

function inLeaf({ value, items }: { readonly value: Expression; readonly items: readonly Expression[] }): Leaf | null {
  const values = items.flatMap((item) => (item.kind === 'literal' && item.value !== null ? [item.value] : []));
  return values.length === items.length ? singleLeaf(value, { ...NO_ALTERNATIVES, values }) : null;
}

/** The leaves of an `or` by subject, and its operands that are none, both in order of first appearance. */
export function groupLeaves(operands: readonly Expression[]): {
  readonly leaves: readonly Leaf[];
  readonly others: readonly Expression[];
} {
  const leaves = new Map<string, Leaf>();
  const others: Expression[] = [];
  for (const operand of operands.flatMap(flattenedOr)) {
    const leaf = leafOf(operand);
    if (leaf === null) {
      others.push(operand);
      continue;
    }
    const subject = JSON.stringify([leaf.view, leaf.column, leaf.caseless]);
    const known = leaves.get(subject);
    leaves.set(subject, known ? merged(known, leaf) : leaf);
  }
  return { leaves: [...leaves.values()], others };
}

const flattenedOr = (expression: Expression): readonly Expression[] =>
  expression.kind === 'or' ? expression.operands.flatMap(flattenedOr) : [expression];

const merged = (left: Leaf, right: Leaf): Leaf => ({
  ...left,
  alternatives: {
    values: [...left.alternatives.values, ...right.alternatives.values],
    patterns: [...left.alternatives.patterns, ...right.alternatives.patterns],
    networks: [...left.alternatives.networks, ...right.alternatives.networks],
  },
});
