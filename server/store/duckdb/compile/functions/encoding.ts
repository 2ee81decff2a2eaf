import { textLiteral } from '../../sql/literal.ts';
import { type Implementation, ofText } from './implementation.ts';

/** Base64 with its padding right or left out, as Java's basic decoder takes it. */
const BASE64 = textLiteral('(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?');
const ENCODED = textLiteral('(?:[^%]|%[0-9a-fA-F]{2})*');

/** NULL for what is not so encoded; bytes that are no UTF-8 fail to decode, and are tried. */
const decodedIf = (text: string, form: string, decode: (text: string) => string): string =>
  `TRY(${decode(`CASE WHEN regexp_full_match(${text}, ${form}, 's') THEN ${text} END`)})`;

const padded = (text: string): string => `rpad(${text}, (length(${text}) + 3)::INTEGER // 4 * 4, '=')`;

export const ENCODING_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  to_base64: ofText((text) => `to_base64(encode(${text}))`),
  from_base64: ofText((text) => decodedIf(text, BASE64, (valid) => `decode(from_base64(${padded(valid)}))`)),
  url_encode: ofText((text) => `replace(replace(replace(url_encode(${text}), '%20', '+'), '%2A', '*'), '~', '%7E')`),
  url_encode_component: ofText((text) => `url_encode(${text})`),
  url_decode: ofText((text) => decodedIf(text, ENCODED, (valid) => `url_decode(replace(${valid}, '+', ' '))`)),
};
