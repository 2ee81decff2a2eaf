/** A UTF-16 unit's place in the order of code points: surrogates, which stand for U+10000 and above, come last. */
const rank = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

/**
 * The order of text everywhere: by code point, which is the order of its UTF-8 bytes. JavaScript's `<` compares UTF-16 units
 * and puts astral characters before U+E000. Negative, zero or positive.
 */
export function compareText(left: string, right: string): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = rank(left.charCodeAt(index)) - rank(right.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Length in UTF-16 units: what `ignore_above` counts (elastic/elasticsearch `KeywordFieldMapper`). */
export const utf16Length = (text: string): number => text.length;

/**
 * Lower case one code point at a time, as Elasticsearch's `lowercase` normalizer does it: the result has as many code points,
 * and no character depends on its neighbours. JavaScript's `toLowerCase` differs for `İ` and for a final `Σ`.
 */
export function lowerCaseText(text: string): string {
  let lowered = '';
  for (const character of text) lowered += character === 'İ' ? 'i' : character.toLowerCase();
  return lowered;
}

/** The text with every half of a surrogate pair that stands alone replaced by U+FFFD: no UTF-8 could hold it. */
export const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
