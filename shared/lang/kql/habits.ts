import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { otherLanguage } from '#shared/lang/other-language.ts';
import type { Literal, Query, ValuesNode } from './ast.ts';
import { foreignOperatorIn } from './foreign-operator.ts';
import { warning } from './problem.ts';

interface Habit {
  /** Of the value as it is written. */
  readonly at: RegExp;
  readonly message: string;
  readonly remedy: string;
}

const PARTS = 'is no operator here: it is taken as a part of the value.';

/** How other languages write values. Kibana takes each as it stands, and finds nothing or something else than was meant. */
const UNQUOTED: readonly Habit[] = [
  {
    at: /^['‘’“”„«`]/,
    message: 'Only " is a quotation mark here: others are taken as a part of the value.',
    remedy: 'Use ".',
  },
  {
    at: /^\[.*\]$/s,
    message: 'Brackets make no list and no range here: they are taken as a part of the value.',
    remedy: 'Write (one or other), or field >= 1 and field <= 5.',
  },
  { at: /^[^*]*,\s/, message: 'A comma separates nothing: it is taken as a part of the value.', remedy: 'Write OR.' },
  {
    at: /^\/(?=.*\/$).*(?:[.\])][*+?]|\\[dws]|[[(|^$])/s,
    message: 'There are no regular expressions here: slashes are taken as a part of the value.',
    remedy: 'Use * for any run of characters.',
  },
  {
    at: /^[\w.-]*\?+[\w.-]*$/,
    message: 'A question mark stands for itself: only * is a wildcard.',
    remedy: 'Use *, or quote the value if the question mark is meant.',
  },
  { at: /^\w+~[0-2]?$/, message: `\`~\` ${PARTS}`, remedy: 'Use * where the spelling may differ.' },
  { at: /^!/, message: `\`!\` ${PARTS}`, remedy: 'Write not field: value.' },
  { at: /^%?\w+%$|^%\w+$/, message: 'A percent sign stands for itself: only * is a wildcard.', remedy: 'Use *.' },
  {
    at: /\s(?:&&|\|\|)(?:\s|$)/,
    message: `\`&&\` and \`||\` are no operators here: they are taken as a part of the value.`,
    remedy: 'Write AND or OR.',
  },
  {
    at: /^[^*]*\s\|(?:\s|$)/,
    message: `\`|\` ${PARTS}`,
    remedy: 'KQL has no commands behind a condition: take it out.',
  },
  {
    at: /\s(?:or|and)$/i,
    message: 'The operator at the end has nothing behind it, and is taken as a part of the value.',
    remedy: 'Write a condition behind it, or take it out.',
  },
  {
    at: /^[^*]*\s(?:\/\/|#|--)\s/,
    message: 'There are no comments here: this is taken as a part of the value.',
    remedy: 'Take it out.',
  },
];

const QUOTED: readonly Habit[] = [
  {
    at: /^"\*[\w.\\/-]+\*?"$|^"[\w.\\/-]+\*"$/,
    message: 'In quotation marks * stands for itself.',
    remedy: 'Leave the quotation marks out, if any run of characters is meant.',
  },
];

/**
 * What was found wrong in a query, and what stands in it as other languages would have it. Where both are about one place, it
 * is one problem, with the remedy for what was meant.
 */
export function withHabits(found: readonly Diagnostic[], query: Query, text: string): readonly Diagnostic[] {
  const habits = new Map(findHabits(query, text).map((habit) => [placeOf(habit), habit]));
  const explained = found.map((one) => {
    const remedy = meaningOf(one, text) ?? habits.get(placeOf(one))?.remedy;
    return remedy === undefined ? one : { ...one, remedy };
  });
  const places = new Set(found.map(placeOf));
  return [...explained, ...[...habits].flatMap(([place, habit]) => (places.has(place) ? [] : [habit]))];
}

const placeOf = ({ span }: Diagnostic): string => `${span?.from} ${span?.to}`;

function findHabits(query: Query, text: string): readonly Diagnostic[] {
  return valuesOf(query).flatMap(({ span }) => {
    const raw = text.slice(span.from, span.to);
    const habit = (raw.startsWith('"') ? QUOTED : UNQUOTED).find(({ at }) => at.test(raw));
    return habit ? [warning({ code: 'foreign-habit', message: habit.message, remedy: habit.remedy, span })] : [];
  });
}

function valuesOf(query: Query): readonly Literal[] {
  switch (query?.kind) {
    case 'and':
    case 'or':
      return query.operands.flatMap(valuesOf);
    case 'not':
      return valuesOf(query.operand);
    case 'nested':
      return valuesOf(query.query);
    case 'match':
      return literalsOf(query.values);
    default:
      return [];
  }
}

const literalsOf = (values: ValuesNode): readonly Literal[] =>
  values.kind === 'value'
    ? [values.value]
    : values.kind === 'not'
      ? literalsOf(values.operand)
      : values.operands.flatMap(literalsOf);

/** What the author of a name or of a text without a field meant, where other languages write it so. */
function meaningOf({ code, span }: Diagnostic, text: string): string | undefined {
  const raw = span ? text.slice(span.from, span.to) : '';
  if (code === 'unknown-field') return meantName(raw, text) ?? undefined;
  return code === 'free-text' ? (meantText(raw, text) ?? undefined) : undefined;
}

const meantText = (raw: string, text: string): string | null =>
  otherLanguage(text, 'kql') ?? foreignOperatorIn(raw)?.remedy ?? null;

/** Of what stands before a colon or a comparison, and is no field. */
function meantName(raw: string, text: string): string | null {
  const foreign = otherLanguage(text, 'kql');
  if (foreign !== null) return foreign;
  const [, name] = /^!\s*(.+)$/s.exec(raw) ?? [];
  if (name !== undefined) return `A condition that does not hold is not ${name}: value.`;
  const [, operator] = /^(and|or)\s/i.exec(raw) ?? [];
  if (operator !== undefined) return `Nothing stands before ${operator.toUpperCase()} that it could join: take it out.`;
  if (/=$/.test(raw)) return 'Comparisons are written >= and <=.';
  return raw.endsWith('.keyword') ? 'Leave .keyword out: fields of type keyword are compared as a whole.' : null;
}
