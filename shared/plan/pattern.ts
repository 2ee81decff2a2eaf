/** What a wildcard stands for: `many` is any run of characters, newlines included, also none; `one` is one code point. */
export interface Wildcard {
  readonly wildcard: 'many' | 'one';
}

/** A whole-value, case-sensitive pattern with its escapes resolved: literal stretches and wildcards in order. */
export type Pattern = readonly (string | Wildcard)[];

export const MANY: Wildcard = { wildcard: 'many' };
export const ONE: Wildcard = { wildcard: 'one' };

/** The text, where the pattern has no wildcard in it. */
export function literalOf(pattern: Pattern): string | null {
  return pattern.every((part) => typeof part === 'string') ? pattern.join('') : null;
}
