import type { Span } from '#shared/base/diagnostic.ts';
import { AGGREGATES } from '#shared/lang/esql/aggregate-functions.ts';
import type { Word } from '#shared/lang/esql/syntax/ast.ts';
import { HIDDEN, isHidden } from '#shared/plan/plan.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { type Context, isFull, report } from './context.ts';
import { didYouMean, nearNames } from './near-names.ts';

/** The column of this name; null where there is none, which is reported at `at` unless another mistake explains it. */
export function resolveColumn(name: string, at: Span, context: Context): ResultColumn | null {
  const { columns, broken, open } = context.scope;
  const column = columns.find((candidate) => candidate.name === name);
  if (column && !broken.has(name)) return column;
  if (column || open || broken.has(name) || isFull(context)) return null;
  if (context.metadata.has(name)) {
    return report(context, at, {
      code: 'unsupported-metadata',
      message: `Events have no metadata column [${name}] here.`,
      remedy: 'Leave it out: rows carry their events anyway.',
    });
  }
  return reportUnknown(name, at, context);
}

/** The name that a query gives to a column; null, and reported, where it would be taken for one of ours. */
export function newName({ text, ...at }: Word, context: Context): string | null {
  if (!isHidden(text)) return text;
  return report(context, at, {
    code: 'reserved-name',
    message: `Names that begin with ${HIDDEN} are reserved, found [${text}]`,
  });
}

function reportUnknown(name: string, at: Span, context: Context): null {
  const unusable = context.catalogue.unusable?.(name);
  if (unusable !== undefined) {
    return report(context, at, { code: 'unsupported-field', message: `Cannot use field [${name}] ${unusable}` });
  }
  const names = context.scope.columns.map((column) => column.name);
  const parent = names.find((candidate) => name === `${candidate}.caseless` || name === `${candidate}.text`);
  if (parent !== undefined) {
    return report(context, at, {
      code: 'unsupported-field',
      message: `[${name}] is a sub-field, which has no column here.`,
      remedy: `Use to_lower(${parent}).`,
    });
  }
  const remedy = remedyFor(name, names, context);
  return report(context, at, {
    code: 'unknown-column',
    message: `Unknown column [${name}]${didYouMean(name, names)}`,
    ...(remedy !== null && { remedy }),
  });
}

/** What an unknown name was probably meant to be; null where its message says all there is. */
function remedyFor(name: string, names: readonly string[], { catalogue, scope }: Context): string | null {
  const same = names.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (same !== undefined) return `Names are in the case that they have: ${same}.`;
  if (name.endsWith('.keyword')) return 'Leave .keyword out: fields of type keyword are compared as a whole.';
  if (!scope.events && catalogue.find(name))
    return 'A KEEP, DROP or STATS before leaves this field out: name it there.';
  if (name.toLowerCase() === 'now') return 'Write now().';
  if (AGGREGATES.has(name.toLowerCase())) return `Name the column that STATS makes: STATS ${name} = ${name}(…).`;
  return name.includes('.') || nearNames(name, names).length > 0
    ? null
    : `A text stands in quotation marks: "${name}".`;
}
