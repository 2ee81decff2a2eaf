import { bind } from '../sql/bind.ts';
import { textLiteral } from '../sql/literal.ts';

/**
 * ES|QL changes the case of whole texts as Java does (elastic/elasticsearch `x-pack/plugin/esql/…/scalar/string/ChangeCase.java`):
 * with Unicode's full mappings, which make two or three letters of one (ß, ﬁ), and with the Σ that ends a word. The
 * engine maps one code point to one, as Lucene's lower-casing filter does for `.caseless`, which therefore goes on with the engine's.
 */
export const upperCase = (text: string): string => unlessAscii(text, `upper(${text})`, `full_upper(${text})`);

export const lowerCase = (text: string): string => unlessAscii(text, `lower(${text})`, `full_lower(${text})`);

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** As many bytes as code points: to count them costs a twentieth of changing their case. */
const unlessAscii = (text: string, simple: string, full: string): string =>
  `CASE WHEN strlen(${text}) = length(${text}) THEN ${simple} ELSE ${full} END`;

/** Letters that become several in upper case (Unicode, `SpecialCasing.txt`), by code point. */
const LETTERS = [
  ...[0xdf, 0x149, 0x1f0, 0x390, 0x3b0, 0x587, ...range(0x1e96, 0x1e9a), 0x1f50, 0x1f52, 0x1f54, 0x1f56],
  ...[...range(0x1f80, 0x1faf), ...range(0x1fb2, 0x1fb4), 0x1fb6, 0x1fb7, 0x1fbc, ...range(0x1fc2, 0x1fc4)],
  ...[0x1fc6, 0x1fc7, 0x1fcc, 0x1fd2, 0x1fd3, 0x1fd6, 0x1fd7, ...range(0x1fe2, 0x1fe4), 0x1fe6, 0x1fe7],
  ...[...range(0x1ff2, 0x1ff4), 0x1ff6, 0x1ff7, 0x1ffc, ...range(0xfb00, 0xfb06), ...range(0xfb13, 0xfb17)],
].map((point) => String.fromCodePoint(point));
const MANY_LETTERS = textLiteral(`[${LETTERS.join('')}]`);
const UPPER = `MAP {${LETTERS.map((letter) => `${textLiteral(letter)}: ${textLiteral(letter.toUpperCase())}`).join(', ')}}`;

const UPPER_MACRO = `CREATE OR REPLACE MACRO full_upper(t) AS ${bind(
  'written',
  't',
  `CASE WHEN regexp_matches(written, ${MANY_LETTERS})
    THEN array_to_string(list_transform(regexp_extract_all(written, '.', 0, 's'), lambda c: coalesce((${UPPER})[c], upper(c))), '')
    ELSE upper(written) END`,
)}`;

/** Unicode's case-ignorable code points: marks, modifiers, and the punctuation that stands within words. */
const IGNORED = String.raw`\p{Mn}\p{Me}\p{Cf}\p{Lm}\p{Sk}'.:·\x{55f}\x{5f4}\x{2018}\x{2019}\x{2024}\x{2027}\x{fe13}\x{fe52}\x{fe55}\x{ff07}\x{ff0e}\x{ff1a}`;
/** Letters that have a case, and the numbers and circled ones that Unicode counts among them. */
const CASED = String.raw`\p{Lu}\p{Ll}\p{Lt}ªº\x{2160}-\x{217f}\x{24b6}-\x{24e9}\x{1f130}-\x{1f149}\x{1f150}-\x{1f169}\x{1f170}-\x{1f189}`;
/** Σ behind a letter of its word and before none. */
const FINAL_SIGMA = textLiteral(`([${CASED}][${IGNORED}]*)Σ([${IGNORED}]*(?:$|[^${CASED}${IGNORED}]))`);

const LOWER_MACRO = `CREATE OR REPLACE MACRO full_lower(t) AS ${bind(
  'written',
  't',
  String.raw`lower(replace(CASE WHEN contains(written, 'Σ') THEN regexp_replace(written, ${FINAL_SIGMA}, '\1ς\2', 'gs') ELSE written END,
    'İ', 'i' || chr(775)))`,
)}`;

export const CASE_MACROS: readonly string[] = [UPPER_MACRO, LOWER_MACRO];
