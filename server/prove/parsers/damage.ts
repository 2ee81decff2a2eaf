import type { Random } from '#server/demo/random.ts';
import type { Texts } from './texts.ts';

const oneOf = <Item>(random: Random, items: readonly Item[]): Item | undefined =>
  items[random.between(0, items.length - 1)];

const pickOf = (random: Random, items: readonly string[]): string => oneOf(random, items) ?? '';

/** Longest text: far beyond what anyone writes, so that what is not linear shows. */
const LONGEST = 20_000;

/** A text near the language: damaged, stirred from its words, one word very often, or anything; in a query of another where it has its place there. */
export function arbitraryText(texts: Texts, random: Random): string {
  const text = nearText(texts, random);
  return oneOf(random, texts.within ?? [])?.(text) ?? text;
}

function nearText({ valid, words, starts = [] }: Texts, random: Random): string {
  const draw = random.between(0, 99);
  if (draw < 30) return damaged(pickOf(random, valid), pickOf(random, valid), words, random);
  if (draw < 65) return exchanged(pickOf(random, valid), words, random);
  if (draw < 90) return pickOf(random, starts) + stirred(words, random.between(1, 20), random);
  if (draw < 92) return repeated(pickOf(random, valid), words, random);
  return Array.from({ length: random.between(0, 40) }, () => String.fromCharCode(random.between(0, 0xffff))).join('');
}

function damaged(text: string, other: string, words: readonly string[], random: Random): string {
  let result = text;
  for (let count = random.between(1, 4); count > 0; count -= 1) {
    const at = random.between(0, result.length);
    const to = Math.min(result.length, at + random.between(0, 20));
    const between = [
      () => '',
      () => pickOf(random, words),
      () => pickOf(random, words) + result.slice(at, to),
      () => result.slice(at, to).repeat(random.between(2, 5)),
      () => other.slice(random.between(0, other.length)),
    ][random.between(0, 4)];
    result = result.slice(0, at) + (between?.() ?? '') + result.slice(to);
  }
  return result.slice(0, LONGEST);
}

/** One or two words of the text are others, of the text itself or of the language. */
function exchanged(text: string, words: readonly string[], random: Random): string {
  const parts = text.split(/([\w.@]+)/);
  for (let count = random.between(0, 2); count > 0; count -= 1) {
    const at = random.between(0, parts.length - 1);
    parts[at] = pickOf(random, random.chance(0.7) ? parts : words);
  }
  return parts.join('');
}

const stirred = (words: readonly string[], count: number, random: Random): string =>
  Array.from({ length: count }, () => pickOf(random, words)).join(random.chance(0.3) ? ' ' : '');

/** Deep nesting and long lines: a word so often at a place of a valid text, and maybe another as often behind it. */
function repeated(text: string, words: readonly string[], random: Random): string {
  const at = random.between(0, text.length);
  const [open, close] = [pickOf(random, words), random.chance(0.5) ? pickOf(random, words) : ''];
  // As many below 140 as beyond: a long one takes as long as hundreds of others.
  const times = Math.ceil(LONGEST ** random.next() / (open.length + close.length));
  const middle = random.chance(0.5) ? text.slice(at) : '';
  return (text.slice(0, at) + open.repeat(times) + middle + close.repeat(times)).slice(0, LONGEST);
}
