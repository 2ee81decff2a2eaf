import type { EmbeddedText, RulePositions } from './position-map.ts';

/**
 * Where the parts of a rule stand in the text of its TOML file, which is known to be valid: its parser tells values only.
 */
export function tomlPositions(file: string, query: string): RulePositions {
  const entries = entriesOf(file);
  const queries = entries.flatMap(({ path, value }) => (path.at(-1) === 'query' && value ? [value] : []));
  return {
    query: queries.find(({ text }) => text === query) ?? null,
    key: (path) => offsetOf(entries, path.split('.')),
  };
}

/** A table's header, or a key with its value where that is a string. */
interface Entry {
  readonly path: readonly string[];
  readonly offset: number;
  readonly value: EmbeddedText | null;
}

const HEADER = /^[ \t]*\[(\[)?([^\]\n]+)\]/;
const KEY = /^[ \t]*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)[ \t]*=[ \t]*/;

function entriesOf(file: string): readonly Entry[] {
  const entries: Entry[] = [];
  const counts = new Map<string, number>();
  let table: readonly string[] = [];
  for (let at = 0; at < file.length; ) {
    const end = endOfLine(file, at);
    const line = file.slice(at, end);
    const header = HEADER.exec(line);
    const key = header ? null : KEY.exec(line);
    if (header) {
      table = tablePath(partsOf(header[2] ?? ''), header[1] !== undefined, counts);
      entries.push({ path: table, offset: at + line.indexOf('['), value: null });
    }
    const value = key ? stringAt(file, at + key[0].length) : null;
    if (key) {
      const offset = at + (key[0].length - key[0].trimStart().length);
      entries.push({ path: [...table, ...partsOf(key[1] ?? '')], offset, value: value?.text ?? null });
    }
    at = value && value.end > end ? endOfLine(file, value.end) + 1 : end + 1;
  }
  return entries;
}

function endOfLine(file: string, at: number): number {
  const end = file.indexOf('\n', at);
  return end === -1 ? file.length : end;
}

const partsOf = (name: string): readonly string[] =>
  [...name.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? '');

/** An element of a list of tables has its number behind its name, as paths of problems have. */
function tablePath(parts: readonly string[], isElement: boolean, counts: Map<string, number>): readonly string[] {
  const numbered = parts.flatMap((part, index): string[] => {
    const name = parts.slice(0, index + 1).join('.');
    const isLast = index === parts.length - 1;
    if (isLast && isElement) counts.set(name, (counts.get(name) ?? -1) + 1);
    const count = counts.get(name);
    return count === undefined ? [part] : [part, String(count)];
  });
  return numbered;
}

/** The key itself, else what is nearest to it: the table it belongs to. */
function offsetOf(entries: readonly Entry[], path: readonly string[]): number | null {
  for (let length = path.length; length > 0; length -= 1) {
    const wanted = path.slice(0, length).join('.');
    const found = entries.find((entry) => entry.path.join('.') === wanted);
    if (found) return found.offset;
  }
  return null;
}

interface FoundString {
  readonly text: EmbeddedText;
  /** Behind its closing quotation marks. */
  readonly end: number;
}

const SIMPLE: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  e: '\u001b',
  '"': '"',
  '\\': '\\',
};

/** The string that begins here; null where none does. */
function stringAt(file: string, start: number): FoundString | null {
  const quote = file.charAt(start);
  if (quote !== '"' && quote !== "'") return null;
  const mark = file.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  let at = start + mark.length;
  if (mark.length === 3) at += /^\r?\n/.exec(file.slice(at, at + 2))?.[0].length ?? 0;
  let text = '';
  const offsets: number[] = [];
  const take = (piece: string, from: number): void => {
    for (let unit = 0; unit < piece.length; unit += 1) offsets.push(from);
    text += piece;
  };
  while (at < file.length && !closesAt(file, at, mark)) {
    const from = at;
    const character = file.charAt(at);
    if (quote === "'" || character !== '\\') {
      at += 1;
      take(character, from);
      continue;
    }
    const escaped = escapeAt(file, at);
    at += escaped.length;
    take(escaped.text, from);
  }
  offsets.push(at);
  return { text: { text, offsets }, end: at + mark.length };
}

/** Up to two quotation marks right before the closing ones belong to the string. */
const closesAt = (file: string, at: number, mark: string): boolean =>
  file.startsWith(mark, at) && (mark.length === 1 || file.charAt(at + 3) !== mark.charAt(0));

function escapeAt(file: string, at: number): { readonly text: string; readonly length: number } {
  const rest = file.slice(at, at + 2000);
  const continued = /^\\[ \t]*\r?\n\s*/.exec(rest);
  if (continued) return { text: '', length: continued[0].length };
  const code = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/.exec(rest);
  const digits = code?.[1] ?? code?.[2] ?? code?.[3];
  if (code && digits !== undefined && Number.parseInt(digits, 16) <= 0x10ffff) {
    return { text: String.fromCodePoint(Number.parseInt(digits, 16)), length: code[0].length };
  }
  return { text: SIMPLE[rest.charAt(1)] ?? rest.charAt(1), length: 2 };
}
