import { lowerCaseText } from './text.ts';
import { CONNECTORS, DIGITS, IDEOGRAPHS, LETTERS } from './word-characters.ts';

/** How a dialect of regular expressions writes a code point, given in hexadecimal. */
type Escape = (code: string) => string;

/** The stretches of a class of characters as the inside of brackets. */
function stretches(encoded: string, written: Escape): string {
  let end = 0;
  return encoded
    .split(' ')
    .map((stretch) => {
      const [gap = '', more = '0'] = stretch.split('+');
      const first = end + Number.parseInt(gap, 36);
      end = first + Number.parseInt(more, 36);
      return `${written(first.toString(16))}-${written(end.toString(16))}`;
    })
    .join('');
}

/**
 * A word of a text, or characters that only join words, as a regular expression without look-around, so that JavaScript and RE2
 * find the same. What Unicode's rules for word boundaries (UAX #29, which Elasticsearch's `standard` analyzer follows) make of
 * letters and digits:
 *
 * - Letters with their marks, digits and connectors such as `_` stand together.
 * - `.`, `'`, `’`, `·`, `‧`, `․` and `:` join two letters; `.`, `'`, `’`, `․`, `,` and `;` join two digits.
 * - Every Han or Hiragana character is a word by itself.
 *
 * Left out of the rules: emoji are no words here, nor are characters that came after Unicode 13; a word of more than 255 characters
 * stays whole, where Elasticsearch cuts it.
 */
function wordPattern(written: Escape): string {
  const [letter, digit, connector, ideograph] = [LETTERS, DIGITS, CONNECTORS, IDEOGRAPHS].map(
    (encoded) => `[${stretches(encoded, written)}]`,
  );
  const any = (codes: readonly string[]): string => `[${codes.map(written).join('')}]`;
  const letters = `${letter}+(?:${any([...JOINERS, 'b7', '2027', '3a'])}${letter}+)*`;
  const digits = `${digit}+(?:${any([...JOINERS, '2c', '3b'])}${digit}+)*`;
  return `(?:${letters}|${digits}|${connector})+|${ideograph}`;
}

/** Full stops and apostrophes. */
const JOINERS = ['2e', '27', '2018', '2019', '2024'];

const re2 = (code: string): string => `\\x{${code}}`;
const javascript = (code: string): string => `\\u{${code}}`;

/** In the dialect of RE2. */
export const RE2_WORD = wordPattern(re2);
/** Matches that are no words: connectors by themselves. */
export const RE2_NO_WORD = `[${stretches(CONNECTORS, re2)}]+`;

const WORD = new RegExp(wordPattern(javascript), 'gu');
const NO_WORD = new RegExp(`^[${stretches(CONNECTORS, javascript)}]+$`, 'u');

/**
 * The words of a text in order, in lower case: how a full-text field is indexed and asked. Lower-cased one by one: what is no
 * word must not become one.
 */
export const wordsOf = (text: string): readonly string[] =>
  (text.match(WORD) ?? []).filter((word) => !NO_WORD.test(word)).map(lowerCaseText);
