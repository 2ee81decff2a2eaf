import type { ExplainedClause } from '#shared/api/alerts.ts';
import { type Value, valuesOf } from '#shared/plan/value.ts';

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length > 1 ? `${items.slice(0, -1).join(', ')} and ${last}` : last;
}

export const keyTexts = (keys: Readonly<Record<string, Value>>): Record<string, string> =>
  Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, valuesOf(value).map(String).join(', ')]));

/** Conditions that a sentence names. */
const NAMED = 3;
const LONGEST = 160;

/** Which conditions did not hold, on what they saw. */
export function failedWords(clauses: ExplainedClause): string {
  const failed = failures(clauses);
  const named = failed.slice(0, NAMED).map(conditionWords);
  const more = failed.length > NAMED ? `, and ${failed.length - NAMED} more` : '';
  return `It does not meet ${listed(named)}${more}.`.replace(/….$/, '…');
}

/** Operands of an `and` that do not hold; the clause itself where it is no `and`. */
const failures = (clause: ExplainedClause): readonly ExplainedClause[] =>
  clause.operator === 'and' ? clause.children.filter(({ outcome }) => outcome !== 'pass').flatMap(failures) : [clause];

function conditionWords({ text, field, saw, outcome }: ExplainedClause): string {
  const words = text.replaceAll(/\s+/g, ' ').trim();
  const short = words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
  const values = saw.length > 0 ? `here ${listed(saw)}` : field === null ? '' : `${field} is absent`;
  const why = [values, outcome === 'null' ? 'which cannot be decided' : ''].filter((part) => part !== '').join(', ');
  return why === '' ? short : `${short} (${why})`;
}
