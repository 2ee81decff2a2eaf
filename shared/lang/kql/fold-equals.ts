import type { Span } from '#shared/base/diagnostic.ts';
import type { ElementTest, Expression } from '#shared/plan/expression.ts';

type Leaf = Expression & { readonly kind: 'any' };
type EqualityLeaf = Leaf & { readonly test: ElementTest & { readonly kind: 'equals' } };

const isEquality = (operand: Expression): operand is EqualityLeaf =>
  operand.kind === 'any' && operand.test.kind === 'equals';

const placeOf = (leaf: Leaf): string => `${leaf.caseless ? 'caseless' : 'as is'}:${leaf.field}`;

/** The disjunction, in which the plain values asked of one field are one test: `f:(a or b or c*)` is two leaves. */
export function foldEquals(operands: readonly Expression[], span: Span): Expression {
  const byPlace = new Map<string, EqualityLeaf[]>();
  for (const operand of operands.filter(isEquality)) {
    const leaves = byPlace.get(placeOf(operand)) ?? [];
    byPlace.set(placeOf(operand), leaves);
    leaves.push(operand);
  }
  const folded = operands.flatMap((operand): readonly Expression[] => {
    const leaves = isEquality(operand) ? (byPlace.get(placeOf(operand)) ?? []) : [];
    if (leaves.length < 2) return [operand];
    return leaves[0] === operand ? [oneOf(leaves)] : [];
  });
  const [first] = folded;
  return folded.length === 1 && first ? { ...first, span } : { kind: 'or', operands: folded, span };
}

function oneOf(leaves: readonly EqualityLeaf[]): Expression {
  const [first] = leaves;
  const spans = leaves.flatMap((leaf) => leaf.span ?? []);
  return {
    ...(first as EqualityLeaf),
    test: { kind: 'one-of', values: [...new Set(leaves.map((leaf) => leaf.test.value))] },
    span: {
      from: spans.reduce((from, span) => Math.min(from, span.from), Number.MAX_SAFE_INTEGER),
      to: spans.reduce((to, span) => Math.max(to, span.to), 0),
    },
  };
}
