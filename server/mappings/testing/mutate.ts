import type { Random } from '#server/demo/random.ts';

/** What breaks readers: ends, quotes, brackets, escapes, huge numbers, text from right to left, what no UTF-8 can be. */
const NASTY = [
  '"',
  '\\',
  '{',
  '}',
  '[[[[[[[[',
  '\u0000',
  '\u001d',
  '\u2028',
  '\u202e',
  '\ufffd',
  '\ud800',
  'null',
  '-1',
  '4294967295',
  '99999999999999999999999999',
  '1e999',
  '<Data Name="Image">',
  ' a1[4294967295]=41',
  ' a0_len=99999999999',
  ' type=EXECVE msg=audit(1795292113.002:24): argc=1 a0="x"',
  ' node=x type=EOE msg=audit(1795292113.002:24): ',
  '%',
  '%f',
  '%ff%c3',
  '__proto__',
  'constructor',
  '\\u0000',
  '@timestamp',
  '(null)',
  '2026-13-45T99:99:99Z',
] as const;

/** A line with one to four things done to it; now and then none. */
export function mutated(line: string, other: string, random: Random): string {
  let text = line;
  for (let count = random.between(0, 4); count > 0; count -= 1) text = once(text, other, random);
  return text.replaceAll('\n', ' ');
}

function once(text: string, other: string, random: Random): string {
  const at = random.between(0, text.length);
  const to = random.between(at, Math.min(text.length, at + random.between(1, 200)));
  switch (random.between(0, 8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, at) + random.pick(NASTY) + text.slice(at);
    case 3:
      return text.slice(0, at) + random.pick(NASTY) + text.slice(to);
    case 4:
      return text.slice(0, at) + text.slice(at, to).repeat(random.between(2, 20)) + text.slice(to);
    case 5:
      return text.slice(0, at) + other.slice(random.between(0, other.length));
    case 6:
      return text.slice(0, at) + String.fromCharCode(random.between(0, 0xffff)) + text.slice(at + 1);
    case 7:
      return text.replaceAll(/\d/g, (digit) => (random.chance(0.1) ? String(random.between(0, 9)) : digit));
    default:
      return swapped(text, random);
  }
}

/** Two keys or values change places. */
function swapped(text: string, random: Random): string {
  const words = [...text.matchAll(/"[^"\\]{0,200}"|\b\w+=\S*/g)];
  const [first, second] = [random.between(0, words.length), random.between(0, words.length)].map(
    (index) => words[index],
  );
  if (!first || !second || first.index >= second.index) return text;
  const between = text.slice(first.index + first[0].length, second.index);
  return text.slice(0, first.index) + second[0] + between + first[0] + text.slice(second.index + second[0].length);
}
