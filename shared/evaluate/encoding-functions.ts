import { md5, sha1, sha256 } from '#shared/base/digest.ts';
import { textOfUtf8, utf8Of } from '#shared/base/utf8.ts';
import { type Implementation, strict } from './implementation.ts';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function toBase64(text: string): string {
  const bytes = utf8Of(text);
  let encoded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const digits = [18, 12, 6, 0].map((shift) => DIGITS[(bits >> shift) & 63]).join('');
    encoded += digits.slice(0, bytes.length - at + 1).padEnd(4, '=');
  }
  return encoded;
}

/** Null for what is no base64, its padding right or left out (Java's basic decoder), or no UTF-8. */
function fromBase64(text: string): string | null {
  const digits = text.replace(/=+$/, '');
  const padded = text.length - digits.length;
  if (!/^[A-Za-z0-9+/]*$/.test(digits) || digits.length % 4 === 1) return null;
  if (padded > 0 && (padded > 2 || text.length % 4 !== 0)) return null;
  const bytes: number[] = [];
  for (let at = 0; at < digits.length; at += 4) {
    const group = digits.slice(at, at + 4);
    const bits = [...group.padEnd(4, 'A')].reduce((sum, digit) => (sum << 6) | DIGITS.indexOf(digit), 0);
    bytes.push(...[bits >> 16, (bits >> 8) & 255, bits & 255].slice(0, group.length - 1));
  }
  return textOfUtf8(bytes);
}

/** Bytes beyond these characters as `%` and two digits. */
const encoded = (text: string, plain: RegExp): string =>
  utf8Of(text)
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return byte < 0x80 && plain.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');

function decoded(text: string): string | null {
  if (!/^(?:[^%]|%[0-9a-fA-F]{2})*$/u.test(text)) return null;
  const bytes = text
    .replaceAll('+', ' ')
    .split(/(%[0-9a-fA-F]{2})/)
    .flatMap((part, index) => (index % 2 === 1 ? [Number.parseInt(part.slice(1), 16)] : utf8Of(part)));
  return textOfUtf8(bytes);
}

const ofText = (compute: (text: string) => string | null): Implementation =>
  strict(([text], call) => compute(String(text)) ?? call.failed('unreadable'));

/** Encodings and digests of text (elastic/elasticsearch `docs/reference/`, ES|QL string functions). */
export const ENCODING_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  md5: ofText(md5),
  sha1: ofText(sha1),
  sha256: ofText(sha256),
  to_base64: ofText(toBase64),
  from_base64: ofText(fromBase64),
  url_encode: ofText((text) => encoded(text, /[\w.*-]/).replaceAll('%20', '+')),
  url_encode_component: ofText((text) => encoded(text, /[\w.~-]/)),
  url_decode: ofText(decoded),
};
