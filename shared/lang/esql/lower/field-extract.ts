import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import { fieldBehind } from '#shared/plan/provenance.ts';
import { type Context, type Lowered, report, spanOf } from './context.ts';
import { resolveColumn } from './name.ts';

/**
 * `field_extract(labels, "a.b")`: the values of a member of a flattened field (elastic/elasticsearch `docs/reference/`, ES|QL
 * `FIELD_EXTRACT`). Such a member is a field of its own here, under the name of both.
 */
export function lowerFieldExtract(node: Node & { readonly kind: 'call' }, context: Context): Lowered {
  const [field, member, ...more] = node.args;
  if (field?.kind !== 'name' || member?.kind !== 'string' || more.length > 0) {
    return report(context, node, {
      code: 'wrong-arguments',
      message: `Function [${node.name.text}] takes a flattened field and the constant name of one of its members`,
    });
  }
  return lowerSourceField(memberName(field.name, member.value), node, context);
}

/** A field of the events as they came, called by a function; refused where an earlier command has taken its name. */
export function lowerSourceField(name: string, node: Node, context: Context): Lowered {
  const column = resolveColumn(name, node, context);
  if (!column) return null;
  if (fieldBehind(context.provenance, name) === name) return { kind: 'column', ...column, span: spanOf(node) };
  return report(context, node, {
    code: 'wrong-arguments',
    message: `[${name}] is no field of the events any more: an earlier command has dropped or changed it`,
    remedy: 'Move it in front of that command.',
  });
}

/** The field that a member of a flattened one is. */
export const memberName = (field: string, member: string): string => `${field}.${member}`;
