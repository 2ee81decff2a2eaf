const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', '"': '"', '\\': '\\' };

/** What a string token means: `"…"` with five escapes, `"""…"""` as it stands. */
export function unquoteString(token: string): string {
  if (token.startsWith('"""')) return token.slice(3, -3);
  return token.slice(1, -1).replace(/\\(.)/gs, (_, escaped: string) => ESCAPES[escaped] ?? escaped);
}

/** What a name in backticks means. */
export const unquoteName = (token: string): string => token.slice(1, -1).replaceAll('``', '`');

/** A text as a string literal of the language that means exactly it, and can mean nothing else. */
export function esqlLiteral(value: string): string {
  const escaped = value.replace(/[\\"\n\r\t]/g, (character) => `\\${SHORT[character] ?? character}`);
  return `"${escaped}"`;
}

const SHORT: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't' };

/** A column's name as the language writes it, in backticks: it can mean nothing else. */
export const esqlName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
