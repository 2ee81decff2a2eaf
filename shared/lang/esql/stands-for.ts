import type { SyntaxNode } from '@lezer/common';
import { childrenOf, nameOf, type Source } from '#shared/lang/esql/syntax/syntax.ts';

/** Functions that give values of their first argument, in lower case. */
const CHOOSING: ReadonlySet<string> = new Set([
  ...['max', 'min', 'first', 'last', 'values', 'top'],
  ...['mv_max', 'mv_min', 'mv_first', 'mv_last', 'mv_dedupe', 'mv_sort', 'mv_slice'],
]);

/**
 * The column whose values, some or all, are those of a field of EVAL or STATS: `a = b`, or `a = max(b)`. Null where they are
 * computed of it, or of several.
 */
export function columnBehind(source: Source, field: SyntaxNode): string | null {
  const value = childrenOf(field).find(({ name }) => name !== 'Assignment');
  if (value?.name === 'Column') return nameOf(source, value);
  const called = value?.name === 'Call' ? value.getChild('FunctionName') : null;
  const column = value?.getChild('Column');
  return called && column && CHOOSING.has(source.text(called).toLowerCase()) ? nameOf(source, column) : null;
}
