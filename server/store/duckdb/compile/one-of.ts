import type { Pattern } from '#shared/plan/pattern.ts';
import type { Scalar, ValueType } from '#shared/plan/value.ts';
import { literal, textLiteral } from '../sql/literal.ts';
import { inNetworks } from './address.ts';
import { isContains, matches, regexOf } from './pattern.ts';

/** What a value is compared with, all in one place: it matches where any does. */
export interface Alternatives {
  readonly values: readonly Scalar[];
  readonly patterns: readonly Pattern[];
  /** In CIDR notation; the value is then an address. */
  readonly networks: readonly string[];
}

export const NO_ALTERNATIVES: Alternatives = { values: [], patterns: [], networks: [] };

/**
 * Whether texts of a column repeat. A column of few distinct texts is stored as a dictionary, and one regular expression
 * is run once per distinct text; on others it is run on every row and loses to plain searches.
 */
export type Variety = 'few' | 'many';

/** From so many searches for a stretch, one regular expression is faster even where every text is different. */
const MANY_SEARCHES = 30;
/** RE2 gives up on programs beyond some megabytes; alternations, in characters, are cut long before. */
const REGEX_LIMIT = 8_000;

/** Whether the value in `sql` is among the alternatives; NULL where it is NULL, false where there are none. */
export function isOneOf(
  sql: string,
  type: ValueType,
  variety: Variety,
  { values, patterns, networks }: Alternatives,
): string {
  if (values.length + patterns.length + networks.length === 0) return `(${sql} IS NULL AND NULL)`;
  const sources = patterns.length === 0 ? [] : [...values.map((value) => [String(value)]), ...patterns].map(regexOf);
  const ofTexts = worthRegex(variety, patterns, sources)
    ? alternations(sources).map((regex) => fullMatch(sql, regex))
    : [...equals(sql, type, values), ...patterns.map((pattern) => matches(sql, pattern))];
  const tests = networks.length === 0 ? ofTexts : [...ofTexts, inNetworks(sql, networks)];
  return tests.length === 1 ? (tests[0] as string) : `(${tests.join(' OR ')})`;
}

/** So many alternations are still faster than comparing an element of a list with each text. */
const MOST_ALTERNATIONS = 16;

/** Whether an element of a list is one of many texts; null where there are too many to be expressions. */
export function isOneOfTexts(sql: string, texts: readonly string[]): string | null {
  const sources = texts.map((text) => regexOf([text]));
  if (sources.some((source) => source.length > REGEX_LIMIT)) return null;
  const chunks = alternations(sources);
  return chunks.length > MOST_ALTERNATIONS ? null : `(${chunks.map((regex) => fullMatch(sql, regex)).join(' OR ')})`;
}

function worthRegex(variety: Variety, patterns: readonly Pattern[], sources: readonly string[]): boolean {
  if (patterns.length === 0 || sources.some((source) => source.length > REGEX_LIMIT)) return false;
  return variety === 'few' ? sources.length > 1 : patterns.filter(isContains).length >= MANY_SEARCHES;
}

function equals(sql: string, type: ValueType, values: readonly Scalar[]): readonly string[] {
  if (values.length === 0) return [];
  const literals = values.map((value) => literal(value, type));
  return [literals.length === 1 ? `${sql} = ${literals[0]}` : `${sql} IN (${literals.join(', ')})`];
}

/** Whether the whole text matches an expression in RE2's syntax. */
export const fullMatch = (sql: string, regex: string): string =>
  `regexp_full_match(${sql}, ${textLiteral(regex)}, 's')`;

/** Alternations of all sources, each of bounded length. */
function alternations(sources: readonly string[]): readonly string[] {
  const chunks: string[] = [];
  for (const source of sources) {
    const last = chunks.at(-1);
    if (last !== undefined && last.length + source.length < REGEX_LIMIT)
      chunks[chunks.length - 1] = `${last}|${source}`;
    else chunks.push(source);
  }
  return chunks;
}
