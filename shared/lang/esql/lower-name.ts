import type { Span } from '#shared/base/diagnostic.ts';
import { HIDDEN, isHidden } from '#shared/plan/plan.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import type { Word } from './ast.ts';
import { type Context, isFull, report } from './context.ts';
import { didYouMean } from './near-names.ts';

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
  return report(context, at, { code: 'unknown-column', message: `Unknown column [${name}]${didYouMean(name, names)}` });
}
