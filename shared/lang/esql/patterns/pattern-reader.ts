import type { Range, Regex } from '#shared/plan/regex.ts';

/** Why a pattern cannot be read; caught where patterns are parsed. */
export class Refused extends Error {}

/** Reads a pattern code point by code point. */
export interface Reader {
  peek(ahead?: number): string | undefined;
  next(): string;
  /** Takes the text where it stands next. */
  take(text: string): boolean;
  /** Takes what the expression finds here; null where it finds nothing. */
  match(sticky: RegExp): RegExpExecArray | null;
  atEnd(): boolean;
}

export function readerOf(points: readonly string[]): Reader {
  let at = 0;
  const rest = (length: number): string => points.slice(at, at + length).join('');
  return {
    peek: (ahead = 0) => points[at + ahead],
    next: () => {
      const character = points[at];
      if (character === undefined) throw new Refused('it ends too early');
      at += 1;
      return character;
    },
    take: (text) => {
      const found = rest([...text].length) === text;
      if (found) at += [...text].length;
      return found;
    },
    match: (anchored) => {
      const found = anchored.exec(rest(LONGEST_TOKEN));
      if (found) at += [...found[0]].length;
      return found;
    },
    atEnd: () => at >= points.length,
  };
}

const LONGEST_TOKEN = 300;

/** Most repetitions of one thing. */
const MOST_TIMES = 1000;

/** The numbers of `{2}`, `{2,}` or `{2,5}`. */
export function timesOf(
  from: string,
  comma: boolean,
  to: string,
): { readonly least: number; readonly most: number | null } {
  const least = Number(from || '0');
  const most = comma ? (to === '' ? null : Number(to)) : least;
  if (most !== null && most < least) throw new Refused(`{${least},${most}} counts down`);
  if (Math.max(least, most ?? 0) > MOST_TIMES) throw new Refused(`more than ${MOST_TIMES} repetitions`);
  return { least, most };
}

export const pointOf = (character: string): Range => {
  const code = character.codePointAt(0) ?? 0;
  return [code, code];
};

export const literalPoint = (character: string): Regex => ({
  kind: 'set',
  ranges: [pointOf(character)],
  negated: false,
});
