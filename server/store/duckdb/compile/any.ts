import { must, unreachable } from '#shared/base/assert.ts';
import { parseAddress } from '#shared/base/ip-address.ts';
import type { ElementTest } from '#shared/plan/expression.ts';
import type { Scalar, ValueType } from '#shared/plan/value.ts';
import { literal, textLiteral } from '../sql/literal.ts';
import { hasUnits } from '../sql/utf16.ts';
import { addressOf, inNetworks } from './address.ts';
import { anyOrderOf, type Cell, isNotNull } from './cell.ts';
import { type Alternatives, isOneOf, isOneOfTexts, NO_ALTERNATIVES, type Variety } from './one-of.ts';
import type { Column } from './scope.ts';

/** A test of one element: SQL over the element's SQL. NULL counts as false, as it does for everything in this file. */
type Test = (element: string) => string;

/** Whether any value of the column passes the test. */
export function anyPasses(column: Column, caseless: boolean, test: ElementTest): string {
  const { cell, variety } = column;
  if (test.kind === 'exists') return isNotNull(cell);
  if (test.kind === 'never') return 'false';
  return anyElement(cell, variety, (of) => lowered(caseless, testOf(test, cell.type, of)));
}

/** Whether any value of the column is among the alternatives. */
export const anyIsOneOf = (column: Column, caseless: boolean, alternatives: Alternatives): string =>
  hasManyTexts(column.cell, caseless, alternatives) ??
  anyElement(column.cell, column.variety, (of) => lowered(caseless, oneOf(column.cell.type, of, alternatives)));

/** From so many values on, an element of a list is not compared with one after the other. */
const MANY_VALUES = 16;

/** Whether a list and many texts meet; null where there is no list, or more to ask than equality. */
function hasManyTexts(cell: Cell, caseless: boolean, { values, patterns, networks }: Alternatives): string | null {
  const isSet = cell.kind === 'many' && (cell.type === 'string' || cell.type === 'ip') && !caseless;
  if (!isSet || patterns.length + networks.length > 0 || values.length < MANY_VALUES) return null;
  const test = isOneOfTexts('e', values.map(String));
  if (test !== null) return `len(list_filter(${anyOrderOf(cell)}, lambda e: ${test})) > 0`;
  return `list_has_any(${anyOrderOf(cell)}, [${values.map((value) => literal(value, 'string')).join(', ')}])`;
}

/** The elements of lists are not stored as a dictionary, however often they repeat. */
function anyElement(cell: Cell, variety: Variety, testFor: (variety: Variety) => Test): string {
  const inList = (list: string) => `len(list_filter(${list}, lambda e: ${testFor('many')('e')})) > 0`;
  switch (cell.kind) {
    case 'one':
      return testFor(variety)(cell.sql);
    case 'many':
      return inList(anyOrderOf(cell));
    case 'spilled':
      // CASE is the one form that spares the rows without: OR and AND inside other expressions look at every row twice.
      return `(${testFor(variety)(cell.sql)} OR CASE WHEN ${cell.mayBeSeveral} THEN ${inList(cell.several)} ELSE false END)`;
    default:
      return unreachable(cell);
  }
}

const lowered = (caseless: boolean, test: Test): Test => (caseless ? (element) => test(`lower(${element})`) : test);

function testOf(test: ElementTest, type: ValueType, variety: Variety): Test {
  switch (test.kind) {
    case 'exists':
      return (element) => `${element} IS NOT NULL`;
    case 'never':
      return () => 'false';
    case 'equals':
      return oneOf(type, variety, { ...NO_ALTERNATIVES, values: [test.value] });
    case 'one-of':
      return oneOf(type, variety, { ...NO_ALTERNATIVES, values: test.values });
    case 'like':
      return oneOf(type, variety, { ...NO_ALTERNATIVES, patterns: [test.pattern] });
    case 'range':
      return (element) =>
        conjunction(
          test.bounds.map((bound) => boundTest(bound, type)(element)),
          element,
        );
    case 'up-to':
      return upTo(test.units, testOf(test.test, type, variety));
    case 'word':
      return anyWord(test.test, type);
    case 'phrase':
      return hasPhrase(test.words);
    case 'cidr':
      return (element) => inNetworks(element, [test.network]);
    default:
      return unreachable(test);
  }
}

const upTo =
  (units: number, test: Test): Test =>
  (element) =>
    `(${hasUnits(element, units)} AND ${test(element)})`;

/** Only a text that has the letters can have the word, and looking for letters costs little beside reading words. */
function anyWord(test: ElementTest, type: ValueType): Test {
  const wanted = wantedWords(test);
  if (wanted?.length === 0) return () => 'false';
  return (element) => {
    const words = `words_of(${element})`;
    if (wanted === null) return `len(list_filter(${words}, lambda w: ${testOf(test, type, 'many')('w')})) > 0`;
    const likely = wanted.map((word) => `contains(lower(${element}), ${textLiteral(word)})`).join(' OR ');
    return `CASE WHEN ${likely} THEN list_has_any(${words}, [${wanted.map(textLiteral).join(', ')}]) ELSE false END`;
  };
}

/** The words that a test is true of, where it names them. */
function wantedWords(test: ElementTest): readonly string[] | null {
  if (test.kind === 'never') return [];
  if (test.kind === 'equals') return [String(test.value)];
  return test.kind === 'one-of' ? test.values.map(String) : null;
}

/** No word has a newline in it: with one between words, a phrase is a stretch of text. */
function hasPhrase(words: readonly string[]): Test {
  const first = words[0];
  if (first === undefined) return () => 'false';
  const line = (text: string): string => `chr(10) || ${text} || chr(10)`;
  const phrase = line(words.map(textLiteral).join(' || chr(10) || '));
  return (element) =>
    `CASE WHEN contains(lower(${element}), ${textLiteral(first)})
      THEN contains(${line(`array_to_string(words_of(${element}), chr(10))`)}, ${phrase}) ELSE false END`;
}

/** Every one of these; of none, whether there is an element at all. */
const conjunction = (tests: readonly string[], element: string): string =>
  tests.length === 0 ? `${element} IS NOT NULL` : `(${tests.join(' AND ')})`;

interface Bound {
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly value: Scalar;
}

/** The order of addresses is not that of their texts. */
function boundTest({ operator, value }: Bound, type: ValueType): Test {
  if (type !== 'ip') return (element) => `${element} ${operator} ${literal(value, type)}`;
  const address = must(parseAddress(String(value)), 'address');
  return (element) => `${addressOf(element)} ${operator} ${address}::UHUGEINT`;
}

const oneOf =
  (type: ValueType, variety: Variety, alternatives: Alternatives): Test =>
  (element) =>
    isOneOf(element, type, variety, alternatives);
