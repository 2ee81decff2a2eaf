import { must, unreachable } from '#shared/base/assert.ts';
import { isWithin, parseAddress } from '#shared/base/ip-address.ts';
import { compareScalars } from '#shared/base/order.ts';
import { lowerCaseText, utf16Length } from '#shared/base/text.ts';
import { wordsOf } from '#shared/base/words.ts';
import type { CompareOperator, ElementTest, Expression } from '#shared/plan/expression.ts';
import { matchesPattern } from '#shared/plan/match-pattern.ts';
import type { Scalar, ValueType } from '#shared/plan/value.ts';

/** Whether one element of a field passes the test of an `any` leaf. */
export function passes(leaf: Expression & { readonly kind: 'any' }, element: Scalar): boolean {
  const seen = leaf.caseless && typeof element === 'string' ? lowerCaseText(element) : element;
  return testElement(leaf.test, seen, leaf.type);
}

function testElement(test: ElementTest, element: Scalar, type: ValueType): boolean {
  switch (test.kind) {
    case 'exists':
      return true;
    case 'never':
      return false;
    case 'equals':
      return compareElements(element, test.value, type) === 0;
    case 'one-of':
      if (typeof element === 'string') return textsOf(test.values).has(element);
      return test.values.some((value) => compareElements(element, value, type) === 0);
    case 'like':
      return typeof element === 'string' && matchesPattern(test.pattern, element);
    case 'range':
      return test.bounds.every(({ operator, value }) => holds(operator, compareElements(element, value, type)));
    case 'up-to':
      return typeof element === 'string' && utf16Length(element) <= test.units && testElement(test.test, element, type);
    case 'word':
      return typeof element === 'string' && wordsOf(element).some((word) => testElement(test.test, word, type));
    case 'phrase':
      return typeof element === 'string' && hasPhrase(wordsOf(element), test.words);
    case 'cidr':
      return typeof element === 'string' && isWithin(test.network, element);
    default:
      return unreachable(test);
  }
}

/** No phrase is anywhere. */
const hasPhrase = (words: readonly string[], phrase: readonly string[]): boolean =>
  phrase.length > 0 && words.some((_, start) => phrase.every((word, index) => words[start + index] === word));

const TEXTS = new WeakMap<readonly Scalar[], ReadonlySet<Scalar>>();

/** A list of values as a set: exceptions can make it thousands long, and every event is held against it. */
function textsOf(values: readonly Scalar[]): ReadonlySet<Scalar> {
  const known = TEXTS.get(values) ?? new Set(values);
  TEXTS.set(values, known);
  return known;
}

/** As `compareScalars`; null for values of different kinds, which no comparison holds for. */
function compareElements(left: Scalar, right: Scalar, type: ValueType): number | null {
  if (typeof left === 'string' && typeof right === 'string') {
    return type === 'ip' ? compareAddresses(left, right) : compareScalars(left, right);
  }
  const comparable = typeof left !== 'string' && typeof right !== 'string' && isBoolean(left) === isBoolean(right);
  return comparable ? compareScalars(left, right) : null;
}

const isBoolean = (value: Scalar): boolean => typeof value === 'boolean';

const compareAddresses = (left: string, right: string): number =>
  compareScalars(must(parseAddress(left), 'address'), must(parseAddress(right), 'address'));

/** Whether the operator holds for two values of this order. */
export function holds(operator: CompareOperator, order: number | null): boolean {
  if (order === null) return false;
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return unreachable(operator);
  }
}
