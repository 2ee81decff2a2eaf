import type { Context, Expectation, Phase } from './expectation.ts';

/** A mistake that we know, by where a reader stands and by what is around that place. */
interface Mistake {
  readonly phase?: readonly Phase[];
  readonly context?: Context;
  readonly before?: RegExp;
  readonly rest?: RegExp;
  readonly remedy: string | ((before: string, rest: string) => string);
}

const READY: readonly Phase[] = ['complete', 'after-name'];
const WAITING: readonly Phase[] = ['operand', 'after-not', 'after-colon', 'after-range'];
const JOIN = 'Join conditions with AND or OR.';

/** The first that fits is told. */
const MISTAKES: readonly Mistake[] = [
  {
    phase: WAITING,
    rest: /^"/,
    remedy: 'The quotation mark is never closed: add one at the end of the value, and write a mark inside as \\".',
  },
  {
    phase: READY,
    rest: /^"[^"]*$/,
    remedy: 'This quotation mark has none to go with it: put one in front of the value, or take it out.',
  },
  {
    rest: /^\\/,
    remedy:
      'A backslash needs one of \\ ( ) : < > " * { } t r n uXXXX behind it: write \\\\ for a backslash, or quote the value.',
  },
  {
    phase: ['after-colon'],
    rest: /^[<>]/,
    remedy: (before, rest) => `Leave the colon out: ${lastName(before)} ${/^[<>]=?/.exec(rest)?.[0]} value.`,
  },
  { phase: ['after-colon'], rest: /^not\s/i, remedy: 'Put NOT before the field: not field:value.' },
  { phase: ['after-colon'], rest: /^:/, remedy: 'Quote a value that has a colon in it.' },
  { phase: ['after-colon', 'after-range'], rest: /^$/, remedy: 'Write a value behind it, or * for any.' },
  { phase: ['operand'], rest: /^\{/, remedy: 'Conditions are grouped with parentheses: ( … ).' },
  { phase: ['after-not'], rest: /^not\s/i, remedy: 'Use parentheses for a double negation: not (not …).' },
  { before: /\bnow$/i, rest: /^\(/, remedy: 'A time is reckoned from now without parentheses: now-1h.' },
  { before: /(?:^|[\s(])not$/i, rest: /^\(/, remedy: 'Put a blank between NOT and the parenthesis.' },
  { before: /\s(?:or|and)$/i, rest: /^\(/, remedy: 'Put a blank before the parenthesis.' },
  {
    phase: READY,
    before: /\S$/,
    rest: /^not\s/i,
    remedy: 'The letters "not" before a blank are an operator even inside a word: quote the value.',
  },
  { phase: READY, rest: /^not\s/i, remedy: JOIN },
  {
    phase: READY,
    rest: /^(?:or|and)\b/i,
    remedy: 'AND and OR need a blank on both sides and a condition behind them.',
  },
  { phase: READY, rest: /^&&/, remedy: 'Write AND.' },
  { phase: READY, rest: /^\|\|/, remedy: 'Write OR.' },
  { phase: ['complete'], rest: /^:/, remedy: 'Join conditions with AND or OR; quote a value that has a colon in it.' },
  { context: 'values', rest: /^:/, remedy: 'A list behind a field holds values only: field:(a or b).' },
  { context: 'query', rest: /^[)}]/, remedy: 'Nothing is open that this could close: take it out.' },
  {
    phase: ['after-name'],
    before: /\w$/,
    rest: /^\(/,
    remedy: 'There are no functions here: a condition is a field, a colon and a value.',
  },
  { phase: ['complete'], rest: /^[\w@"*]/, remedy: JOIN },
  { phase: READY, rest: /^[{}<>()"]/, remedy: 'Quote a value that has such a character in it.' },
];

/** What to do about a syntax error at an offset, where the mistake is one that we know; null where it is not. */
export function syntaxRemedy(text: string, at: number, { phase, context, open }: Expectation): string | null {
  const before = text.slice(0, at);
  const rest = text.slice(at);
  if (rest === '' && open !== undefined && READY.includes(phase)) return `Close the ${text.charAt(open)} that is open.`;
  const mistake = MISTAKES.find(
    (one) =>
      (one.phase?.includes(phase) ?? true) &&
      (one.context === undefined || one.context === context) &&
      (one.before?.test(before) ?? true) &&
      (one.rest?.test(rest) ?? true),
  );
  if (!mistake) return null;
  return typeof mistake.remedy === 'string' ? mistake.remedy : mistake.remedy(before, rest);
}

/** The name in front of a colon. */
const lastName = (before: string): string => before.trimEnd().replace(/:$/, '').trimEnd().split(/[\s(]/).at(-1) ?? '';
