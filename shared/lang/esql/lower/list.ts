import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import { commonType, typeOf } from '#shared/plan/types.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { lowerAll } from './cells.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';

/** `[1, 2, 3]`: one cell of all values, of one type. */
export function lowerList(node: Node & { readonly kind: 'list' }, context: Context): Lowered {
  const items = lowerAll(node.items, (item) => context.lower(item, context));
  if (!items) return null;
  const type = items.map(typeOf).reduce<ValueType | null>((common, one) => common && commonType(common, one), 'null');
  if (type === null) {
    return report(context, node, {
      code: 'type-mismatch',
      message: `The values of [${sourceOf(context, node)}] are not of one type`,
    });
  }
  const span = spanOf(node);
  return items.reduce((before, item) => ({ kind: 'call', name: 'mv_append', type, args: [before, item], span }));
}
