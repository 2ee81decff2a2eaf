import type * as z from 'zod';

/** How a document does not fit its schema, in words for who wrote it. */
export interface Misfit {
  /** Where, with dots; empty for the document itself. */
  readonly path: string;
  readonly kind: 'missing' | 'wrong';
  /** Goes on after the path: `is missing`, `is “x”, and one of a, b is asked for`. */
  readonly words: string;
}

type Issue = z.ZodError['issues'][number];

/** Longer values are cut: they stand in a sentence. */
const LONGEST = 60;

/** What one issue of a schema says of the document that it was found in. */
export function misfitOf(issue: Issue, document: unknown): Misfit {
  const path = issue.path.map(String).join('.');
  const value = valueAt(document, issue.path);
  if (value === undefined) return { path, kind: 'missing', words: 'is missing' };
  if (issue.code === 'unrecognized_keys') {
    return { path, kind: 'wrong', words: `has ${issue.keys.map(shown).join(', ')}, which nothing reads` };
  }
  return { path, kind: 'wrong', words: `is ${shown(value)}, and ${askedFor(issue)}` };
}

/** All that a schema says of a document, a sentence each without its full stop. */
export const misfitsIn = ({ issues }: z.ZodError, document: unknown): string[] =>
  issues.map((issue) => {
    const { path, words } = misfitOf(issue, document);
    return `${path || 'the whole'} ${words}`;
  });

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    document,
  );
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = String(value);
  return `“${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}”`;
}

function askedFor(issue: Issue): string {
  const choices = choicesOf(issue);
  if (choices.length > 0) {
    return choices.length === 1 ? `“${choices[0]}” is asked for` : `one of ${choices.join(', ')} is asked for`;
  }
  switch (issue.code) {
    case 'invalid_type':
      return `${WITH_ARTICLE[issue.expected] ?? issue.expected} is asked for`;
    case 'too_small':
      return `${lengthIn(issue.origin)}${issue.minimum} at least is asked for`;
    case 'too_big':
      return `${lengthIn(issue.origin)}${issue.maximum} at most is asked for`;
    case 'invalid_format':
      return OF_ZOD.test(issue.message) ? `a text like ${issue.pattern ?? issue.format} is asked for` : issue.message;
    default:
      return OF_ZOD.test(issue.message) ? 'something else is asked for' : issue.message;
  }
}

/** What a schema says where nobody wrote a message that goes on after the value. */
const OF_ZOD = /^(?:Invalid|Unrecognized|Too (?:small|big)|Expected)/;

/** What the bound is of, where it is not the number itself. */
const lengthIn = (origin: string): string => (origin === 'string' || origin === 'array' ? 'a length of ' : '');

function choicesOf(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' ? (('options' in issue && issue.options) || []).map(String) : [];
}

const WITH_ARTICLE: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};
