import { textLiteral } from '../../sql/literal.ts';
import { type Implementation, ofText } from './implementation.ts';

/**
 * What bytes of UTF-8 look like as two hexadecimal digits each behind this mark (RFC 3629, section 4). A byte sequence that is
 * none fails to decode, and there is no trying inside of a lambda: so it is looked at before.
 */
function utf8(mark: string): string {
  const [next, digit] = [`${mark}[89abAB][0-9a-fA-F]`, '[0-9a-fA-F]'];
  return [
    `${mark}[0-7]${digit}`,
    `${mark}(?:[cC][2-9a-fA-F]|[dD]${digit})${next}`,
    `${mark}[eE]0${mark}[abAB]${digit}${next}`,
    `${mark}[eE][1-9a-cefA-CEF]${next}${next}`,
    `${mark}[eE][dD]${mark}[89]${digit}${next}`,
    `${mark}[fF]0${mark}[9abAB]${digit}${next}${next}`,
    `${mark}[fF][1-3]${next}${next}${next}`,
    `${mark}[fF]4${mark}8${digit}${next}${next}`,
  ].join('|');
}

/** Base64 with its padding right or left out, as Java's basic decoder takes it. */
const BASE64 = textLiteral('(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?');
const UTF8 = textLiteral(`(?:${utf8('')})*`);
const PERCENT_ENCODED = textLiteral(`(?:[^%]|${utf8('%')})*`);

const isLike = (text: string, form: string): string => `regexp_full_match(${text}, ${form}, 's')`;

/** NULL for what has not this form. */
const only = (value: string, form: string, text = value): string => `CASE WHEN ${isLike(text, form)} THEN ${value} END`;

const padded = (text: string): string => `rpad(${text}, (length(${text}) + 3)::INTEGER // 4 * 4, '=')`;

function fromBase64(text: string): string {
  const bytes = `from_base64(${padded(only(text, BASE64))})`;
  return `decode(${only(bytes, UTF8, `hex(${bytes})`)})`;
}

export const ENCODING_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  md5: ofText((text) => `md5(${text})`),
  sha1: ofText((text) => `sha1(${text})`),
  sha256: ofText((text) => `sha256(${text})`),
  to_base64: ofText((text) => `to_base64(encode(${text}))`),
  from_base64: ofText(fromBase64),
  url_encode: ofText((text) => `replace(replace(replace(url_encode(${text}), '%20', '+'), '%2A', '*'), '~', '%7E')`),
  url_encode_component: ofText((text) => `url_encode(${text})`),
  url_decode: ofText((text) => `url_decode(replace(${only(text, PERCENT_ENCODED)}, '+', ' '))`),
};
