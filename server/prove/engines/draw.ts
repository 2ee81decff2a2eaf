import type { Random } from '#server/demo/random.ts';
import { wellFormed } from '#shared/base/text.ts';
import { HOSTILE_TEXTS } from '#shared/evaluate/generate/vocabulary.ts';
import { WORDS } from './fields.ts';

/** One of several, whatever their number. */
export const anyOne = <Item>(random: Random, items: readonly Item[]): Item => {
  const item = items[random.between(0, items.length - 1)];
  if (item === undefined) throw new Error('Nothing to choose from');
  return item;
};

/** So many, drawn one by one. */
export const several = <Item>(random: Random, least: number, most: number, draw: () => Item): readonly Item[] =>
  Array.from({ length: random.between(least, most) }, draw);

/** One of these ways of making a text. */
export const oneWay = (random: Random, ways: readonly (() => string)[]): string => anyOne(random, ways)();

const SHORT = HOSTILE_TEXTS.filter((text) => text.length <= 20).map(wellFormed);

/** A text as a field has it, mostly; else one that is hard to carry. */
export function anyText(random: Random, field: string): string {
  const usual = WORDS[field] ?? ['sh', 'x'];
  if (random.chance(0.85)) return anyOne(random, usual);
  return random.chance(0.5) ? anyOne(random, SHORT) : anyOne(random, Object.values(WORDS).flat());
}
