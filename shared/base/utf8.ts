/** The bytes of a text in UTF-8; halves of surrogate pairs are replaced. */
export function utf8Of(text: string): readonly number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const point = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
    const more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    bytes.push(more === 0 ? point : ((0xff00 >> (more + 1)) & 0xff) | (point >> (6 * more)));
    for (let left = more - 1; left >= 0; left -= 1) bytes.push(0x80 | ((point >> (6 * left)) & 0x3f));
  }
  return bytes;
}

/** Least code point that needs so many bytes behind the first: a shorter form is the only valid one. */
const LEAST = [0, 0x80, 0x800, 0x10000];

/** The text of these bytes; null where they are no UTF-8. */
export function textOfUtf8(bytes: readonly number[]): string | null {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const more = first < 0x80 ? 0 : first < 0xc0 ? 4 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf8 ? 3 : 4;
    const rest = bytes.slice(at + 1, at + 1 + more);
    if (more === 4 || rest.length < more || rest.some((byte) => byte >> 6 !== 2)) return null;
    const start = more === 0 ? first : first & (0x3f >> more);
    const point = rest.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), start);
    if (point < (LEAST[more] ?? 0) || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return null;
    text += String.fromCodePoint(point);
    at += 1 + more;
  }
  return text;
}
