import { parseDissectPattern } from '#shared/lang/esql/patterns/dissect-pattern.ts';
import type { Command } from '#shared/lang/esql/syntax/ast.ts';
import { type Context, type Outcome, report, spanOf } from './context.ts';
import { deriveTogether } from './derive-columns.ts';
import { newName } from './name.ts';
import { lowerText } from './patterns.ts';

type Dissect = Command & { readonly kind: 'dissect' };

const SEPARATOR = 'append_separator';

/**
 * DISSECT: a column for each key, null where the text is not made as the pattern says, several values where the text has
 * several (elastic/elasticsearch `libs/dissect`, and `docs/reference/`, ES|QL `DISSECT`).
 */
export function lowerDissect(command: Dissect, context: Context): Outcome {
  const of = lowerText(command.value, command, context);
  const separator = separatorOf(command, context);
  const read = parseDissectPattern(command.pattern.value);
  if (!read.ok) {
    report(context, command.pattern, {
      code: 'invalid-pattern',
      message: `Invalid pattern for DISSECT [${command.pattern.value}]: [${read.error}]`,
      remedy: 'DISSECT takes %{key} with fixed text between, as in "%{date} - %{message}".',
    });
  }
  if (!read.ok || !of || separator === null) return { steps: [], scope: { ...context.scope, open: true } };
  const { pattern, columns } = read.value;
  const span = spanOf(command);
  const named = columns.flatMap(({ name, parts }) =>
    newName({ text: name, ...spanOf(command.pattern) }, context) === null
      ? []
      : [{ name, value: { kind: 'dissect', of, pattern, parts, separator, span } as const }],
  );
  return deriveTogether(named, context);
}

/** What joins the parts of a key; null, and reported, for options that DISSECT does not have. */
function separatorOf({ options }: Dissect, context: Context): string | null {
  let separator: string | null = '';
  for (const { name, value } of options) {
    if (name.text.toLowerCase() === SEPARATOR && value.kind === 'string') separator = value.value;
    else {
      separator = null;
      report(context, name, {
        code: 'wrong-arguments',
        message: `Invalid option for DISSECT: [${name.text}]`,
        remedy: `Its one option is ${SEPARATOR}, a text.`,
      });
    }
  }
  return separator;
}
