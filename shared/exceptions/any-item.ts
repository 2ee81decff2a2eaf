import { allOf, anyOf, type ElementTest, type Expression } from '#shared/plan/expression.ts';
import { MANY } from '#shared/plan/pattern.ts';
import type { Scalar } from '#shared/plan/value.ts';

type Leaf = Expression & { readonly kind: 'any' };
type Item = Expression & { readonly kind: 'and' };

/** A condition that compares a field with values. */
interface Compared {
  readonly leaf: Leaf;
  readonly values: readonly Scalar[];
}

/** So many items make it worth to ask first whether any of them could hold. */
const WORTH_A_GUARD = 8;

/**
 * Whether one of these items holds, in a form that stays fast with a thousand of them. Items that compare one field with values
 * are one set of values. Of items with more conditions, those with a condition in common share it; those that all compare a
 * common field stand behind one question to that field: few events pass it, and only these meet the single items.
 */
export function anyItem(items: readonly Expression[]): Expression {
  const known = distinct(items.flatMap((item) => (item.kind === 'or' ? item.operands : [item])));
  const compound = known.filter((item): item is Item => item.kind === 'and');
  const single = known.filter((item) => item.kind !== 'and');
  const shared = withSharedConditions(compound);
  const folded = [...single, ...shared].flatMap((item) => (item.kind === 'or' ? item.operands : [item]));
  return anyOf([
    ...setsOf(folded),
    ...guarded(folded.filter((item): item is Item => item.kind === 'and')),
    ...patternsOf(folded.filter((item) => item.kind !== 'and' && comparedBy(item) === null)),
  ]);
}

/** Twice the same item is once enough. */
const distinct = (items: readonly Expression[]): readonly Expression[] => [
  ...new Map(items.map((item) => [JSON.stringify(item, plain), item])).values(),
];

const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);

/** The items, those with an equal comparison made one: it holds, and so does what is left of one of them. */
function withSharedConditions(items: readonly Item[]): readonly Expression[] {
  const counts = new Map<string, number>();
  for (const text of items.flatMap(comparisonsIn)) counts.set(text, (counts.get(text) ?? 0) + 1);
  const groups = new Map<string, Item[]>();
  const alone: Item[] = [];
  for (const item of items) {
    const most = comparisonsIn(item).toSorted((left, right) => (counts.get(right) ?? 0) - (counts.get(left) ?? 0))[0];
    if (most === undefined || counts.get(most) === 1) alone.push(item);
    else groups.set(most, [...(groups.get(most) ?? []), item]);
  }
  return [...alone, ...[...groups].map(([condition, members]) => sharing(condition, members))];
}

function sharing(condition: string, members: readonly Item[]): Expression {
  const [first] = members;
  if (members.length === 1 && first) return first;
  const shared = first?.operands.find((operand) => textOf(operand) === condition);
  const rests = members.map((item) => allOf(item.operands.filter((operand) => textOf(operand) !== condition)));
  return shared ? allOf([shared, anyItem(rests)]) : anyOf(members);
}

const comparisonsIn = (item: Item): readonly string[] => item.operands.flatMap((operand) => textOf(operand) ?? []);

const textOf = (operand: Expression): string | null => {
  const compared = comparedBy(operand);
  return compared && JSON.stringify([subjectOf(compared.leaf), compared.values], plain);
};

/** One set of values for each field that items compare. */
function setsOf(items: readonly Expression[]): readonly Expression[] {
  const sets = new Map<string, { readonly leaf: Leaf; readonly values: Set<Scalar> }>();
  for (const { leaf, values } of items.flatMap((item) => comparedBy(item) ?? [])) {
    const set = sets.get(subjectOf(leaf)) ?? { leaf, values: new Set<Scalar>() };
    sets.set(subjectOf(leaf), set);
    for (const value of values) set.values.add(value);
  }
  return [...sets.values()].map(({ leaf, values }) => among(leaf, values));
}

/** Items that compare a common field, behind a question to it. */
function guarded(items: readonly Item[]): readonly Expression[] {
  const bySubject = new Map<string, Item[]>();
  const others: Item[] = [];
  for (const item of items) {
    const key = keyOf(item);
    if (key) bySubject.set(subjectOf(key.leaf), [...(bySubject.get(subjectOf(key.leaf)) ?? []), item]);
    else others.push(item);
  }
  return [...[...bySubject.values()].flatMap(behindGuard), ...others];
}

function behindGuard(items: readonly Item[]): readonly Expression[] {
  const keys = items.flatMap((item) => keyOf(item) ?? []);
  const [guard] = setsOf(keys.map(({ leaf, values }) => among(leaf, new Set(values))));
  return items.length < WORTH_A_GUARD || !guard ? items : [allOf([guard, anyOf(items)])];
}

/** So many characters of a pattern's beginning tell which are asked together. */
const BEGINNING = 4;

/** Patterns on one field that begin alike, behind one question for that beginning. */
function patternsOf(items: readonly Expression[]): readonly Expression[] {
  const alike = new Map<string, Leaf[]>();
  const others: Expression[] = [];
  for (const item of items) {
    const begins = beginningOf(item);
    if (item.kind !== 'any' || begins.length < BEGINNING) others.push(item);
    else {
      const key = JSON.stringify([subjectOf(item), begins.slice(0, BEGINNING)]);
      alike.set(key, [...(alike.get(key) ?? []), item]);
    }
  }
  return [...[...alike.values()].flatMap(behindBeginning), ...others];
}

function behindBeginning(items: readonly Leaf[]): readonly Expression[] {
  const [first] = items;
  if (items.length < WORTH_A_GUARD || !first) return items;
  const shared = items.map(beginningOf).reduce(sharedBeginning).join('');
  return [allOf([{ ...first, test: { kind: 'like', pattern: [shared, MANY] } }, anyOf(items)])];
}

/** Characters that a pattern begins with; none for anything else. */
function beginningOf(item: Expression): readonly string[] {
  const [first] = item.kind === 'any' && item.test.kind === 'like' ? item.test.pattern : [];
  return typeof first === 'string' ? [...first] : [];
}

function sharedBeginning(left: readonly string[], right: readonly string[]): readonly string[] {
  const other = left.findIndex((character, index) => character !== right[index]);
  return other === -1 ? left : left.slice(0, other);
}

/** Of an item with several conditions, the first that compares a field with the fewest values. */
const keyOf = (item: Item): Compared | undefined =>
  item.operands
    .flatMap((operand) => comparedBy(operand) ?? [])
    .toSorted((left, right) => left.values.length - right.values.length)[0];

function comparedBy(item: Expression): Compared | null {
  if (item.kind !== 'any') return null;
  if (item.test.kind === 'equals') return { leaf: item, values: [item.test.value] };
  return item.test.kind === 'one-of' ? { leaf: item, values: item.test.values } : null;
}

function among(leaf: Leaf, values: ReadonlySet<Scalar>): Leaf {
  const [first, ...more] = values;
  if (first === undefined) return leaf;
  const test: ElementTest =
    more.length === 0 ? { kind: 'equals', value: first } : { kind: 'one-of', values: [first, ...more] };
  return { ...leaf, test };
}

const subjectOf = ({ field, caseless, type }: Leaf): string => JSON.stringify([field, caseless === true, type]);
