import { allOf, anyOf, type ElementTest, type Expression } from '#shared/plan/expression.ts';
import type { Scalar } from '#shared/plan/value.ts';

type Leaf = Expression & { readonly kind: 'any' };

/** So many items make it worth to ask first whether any of them could hold. */
const WORTH_A_GUARD = 8;

/**
 * Whether one of these items holds, in a form that stays fast with a thousand of them. Items that compare one field with values
 * are one set of values. Of items with more conditions, those that all compare a common field stand behind one question to
 * that field: few events pass it, and only these meet the single items.
 */
export function anyItem(items: readonly Expression[]): Expression {
  const values = new Map<string, { readonly leaf: Leaf; readonly values: Set<Scalar> }>();
  const guarded = new Map<string, Guard>();
  const others: Expression[] = [];
  for (const item of items) {
    const own = valuesOf(item);
    const key = own ?? keyOf(item);
    if (own) addTo(values, own);
    else if (key) {
      const guard = guarded.get(subjectOf(key.leaf)) ?? { ...key, values: new Set<Scalar>(), items: [] };
      guarded.set(subjectOf(key.leaf), guard);
      for (const value of key.values) guard.values.add(value);
      guard.items.push(item);
    } else others.push(item);
  }
  return anyOf([
    ...[...values.values()].map(({ leaf, values: all }) => among(leaf, all)),
    ...[...guarded.values()].flatMap(behindGuard),
    ...others,
  ]);
}

interface Guard {
  readonly leaf: Leaf;
  readonly values: Set<Scalar>;
  readonly items: Expression[];
}

interface Compared {
  readonly leaf: Leaf;
  readonly values: readonly Scalar[];
}

const behindGuard = ({ leaf, values, items }: Guard): readonly Expression[] =>
  items.length < WORTH_A_GUARD ? items : [allOf([among(leaf, values), anyOf(items)])];

function among(leaf: Leaf, values: ReadonlySet<Scalar>): Expression {
  const [first, ...more] = values;
  if (first === undefined) return leaf;
  const test: ElementTest =
    more.length === 0 ? { kind: 'equals', value: first } : { kind: 'one-of', values: [first, ...more] };
  return { ...leaf, test };
}

/** The item as a comparison of one field with values. */
function valuesOf(item: Expression): Compared | null {
  if (item.kind !== 'any') return null;
  if (item.test.kind === 'equals') return { leaf: item, values: [item.test.value] };
  return item.test.kind === 'one-of' ? { leaf: item, values: item.test.values } : null;
}

/** Of an item with several conditions, the one that compares a field with the fewest values. */
function keyOf(item: Expression): Compared | null {
  if (item.kind !== 'and') return null;
  const compared = item.operands.flatMap((operand) => valuesOf(operand) ?? []);
  return compared.toSorted((left, right) => left.values.length - right.values.length)[0] ?? null;
}

const subjectOf = ({ field, caseless, type }: Leaf): string => JSON.stringify([field, caseless === true, type]);

function addTo(
  known: Map<string, { readonly leaf: Leaf; readonly values: Set<Scalar> }>,
  { leaf, values }: Compared,
): void {
  const subject = subjectOf(leaf);
  const entry = known.get(subject) ?? { leaf, values: new Set<Scalar>() };
  known.set(subject, entry);
  for (const value of values) entry.values.add(value);
}
