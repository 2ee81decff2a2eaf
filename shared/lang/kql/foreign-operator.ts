import type { Span } from '#shared/base/diagnostic.ts';

interface Operator {
  /** As other languages write it, behind the name of a field. */
  readonly written: string;
  readonly remedy: (field: string) => string;
}

const OPERATORS: readonly Operator[] = [
  {
    written: String.raw`\s*(?:!==?|<>|!~)`,
    remedy: (field) => `A condition that does not hold is not ${field}: value.`,
  },
  {
    written: String.raw`\s*(?:==?|=~|~=|~)`,
    remedy: (field) => `A field and its value are joined by a colon: ${field}: value.`,
  },
  { written: String.raw`\s+not\s+in`, remedy: (field) => `Write not ${field}: (one or other).` },
  { written: String.raw`\s+in`, remedy: (field) => `Write ${field}: (one or other).` },
  {
    written: String.raw`\s+(?:not\s+)?(?:r?like|matches|contains|startswith|endswith|has)`,
    remedy: (field) => `A pattern stands behind a colon and without quotation marks: ${field}: *value*.`,
  },
  {
    written: String.raw`\s+is(?:\s+not)?(?:\s+null)?`,
    remedy: (field) => `Write ${field}: * for events that have the field, and not ${field}: * for the others.`,
  },
  { written: String.raw`\s+between`, remedy: (field) => `Write ${field} >= 1 and ${field} <= 5.` },
];

const NAME = String.raw`(?:^|[\s(])!?(?<field>[\w@][\w@.-]*)`;
const table = (end: string): readonly { readonly at: RegExp; readonly remedy: Operator['remedy'] }[] =>
  OPERATORS.map(({ written, remedy }) => ({ at: new RegExp(`${NAME}(?<operator>${written})${end}`, 'di'), remedy }));

const AT_END = table(String.raw`\s*$`);
const ANYWHERE = table(String.raw`(?=[\s"'(]|\w|$)`);

/** An operator of another language, and how its condition is written in KQL. */
export interface ForeignOperator {
  readonly remedy: string;
  readonly span: Span;
}

/** Nobody writes a field's name and an operator longer than this. */
const NEAR = 200;

/** The operator of another language that stands in front of an offset, behind a name; null where none does. */
export function foreignOperatorBefore(text: string, at: number): ForeignOperator | null {
  const start = Math.max(0, at - NEAR);
  const found = find(AT_END, text.slice(start, at));
  return found && { ...found, span: { from: start + found.span.from, to: start + found.span.to } };
}

/** The first operator of another language in a text that holds no colon. */
export const foreignOperatorIn = (text: string): ForeignOperator | null => find(ANYWHERE, text.slice(0, NEAR));

function find(operators: typeof AT_END, text: string): ForeignOperator | null {
  for (const { at, remedy } of operators) {
    const match = at.exec(text);
    const [from, to] = match?.indices?.groups?.operator ?? [];
    if (!match || from === undefined || to === undefined) continue;
    const blanks = /^\s*/.exec(text.slice(from))?.[0].length ?? 0;
    return { remedy: remedy(match.groups?.field ?? 'field'), span: { from: from + blanks, to } };
  }
  return null;
}
