import type { ExplainedClause } from '#shared/evaluate/explained-clause.ts';
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

/** A leaf's own words; a value of a list in KQL stands far from its field, and gets its name. */
export function clauseText({ text, field }: ExplainedClause): string {
  const words = text.replaceAll(/\s+/g, ' ').trim();
  return field === null || words.includes(field) ? words : `${field}: ${words}`;
}

/** Of a `not` that fails, what holds inside it; of an `or` that holds, its first alternative that does. */
function decisive(clause: ExplainedClause): ExplainedClause {
  const [only] = clause.children;
  if (clause.operator === 'not' && only && clause.outcome === 'fail') {
    const inside = decisive(only);
    return { ...inside, text: `not (${clauseText(inside)})` };
  }
  const holding = clause.children.find(({ outcome }) => outcome === 'pass');
  return clause.operator === 'or' && clause.outcome === 'pass' && holding ? decisive(holding) : clause;
}

function conditionWords(condition: ExplainedClause): string {
  const telling = decisive(condition);
  const { field, saw, outcome } = telling;
  const words = clauseText(telling);
  const short = words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
  const values = saw.length > 0 ? `here ${listed(saw)}` : field === null ? '' : `${field} is absent`;
  const why = [values, outcome === 'null' ? 'which cannot be decided' : ''].filter((part) => part !== '').join(', ');
  return why === '' ? short : `${short} (${why})`;
}

/** What exceptions of these names do. */
export const exceptedWords = (names: readonly string[]): string =>
  `${names.length === 1 ? 'The exception' : 'The exceptions'} ${listed(names)} ${names.length === 1 ? 'leaves' : 'leave'} it out.`;
