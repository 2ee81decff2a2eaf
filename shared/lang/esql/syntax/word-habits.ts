import { COMMANDS } from './keywords.ts';

interface WordHabit {
  /** The word at which reading ended, or what stands in front of it. */
  readonly word?: RegExp;
  readonly before?: RegExp;
  /** The command that it stands in. */
  readonly command?: string;
  readonly remedy: string;
}

/** Words that other languages have, and what is written here instead. */
const HABITS: readonly WordHabit[] = [
  { word: /^(?:contains|has|startswith|endswith)$/i, remedy: 'A pattern is written LIKE "*value*".' },
  { word: /^(?:matches|regex|regexp)$/i, remedy: 'A regular expression is written RLIKE ".*value".' },
  { word: /^between$/i, remedy: 'Write x >= 1 AND x <= 5.' },
  { word: /^having$/i, remedy: 'Rows of STATS are filtered by a command behind it: | WHERE ….' },
  { word: /^(?:group|over|partition)$/i, remedy: 'STATS groups with BY alone.' },
  { word: /^by$/i, before: /\b(?:sort|order)\s*$/i, remedy: 'SORT takes its columns without BY.' },
  { word: /^by$/i, before: /,\s*$/, remedy: 'No comma stands in front of BY.' },
  { word: /^descending$/i, remedy: 'Write DESC.' },
  { word: /^ascending$/i, remedy: 'Write ASC.' },
  {
    word: /^(?:empty|missing|none|nil|undefined)$/i,
    before: /\bis(?:\s+not)?\s*$/i,
    remedy: 'Write IS NULL or IS NOT NULL.',
  },
  { before: /\bis(?:\s+not)?\s*$/i, remedy: 'IS asks for NULL only: compare with ==.' },
  { word: /^(?:to|into)$/i, command: 'rename', remedy: 'Write AS.' },
  { word: /^(?:when|then)$/i, before: /\bcase\b/i, remedy: 'Write CASE(condition, value, otherwise).' },
  { before: /\bdistinct\s*$/i, remedy: 'Write count_distinct(column).' },
];

/** What to do about a word at which no query can go on; null where nothing tells. */
export function wordHabit(word: string, before: string): string | null {
  const inside = lastCommand(before);
  const habit = HABITS.find(
    (one) =>
      (one.word?.test(word) ?? true) &&
      (one.before?.test(inside) ?? true) &&
      (one.command === undefined || inside.trimStart().toLowerCase().startsWith(one.command)),
  );
  if (habit) return habit.remedy;
  return COMMANDS.has(word.toLowerCase()) ? `A command begins with |: write | ${word.toUpperCase()}.` : null;
}

/** What stands in front of an offset, from the last | on. */
export const lastCommand = (before: string): string => before.slice(before.lastIndexOf('|') + 1);
