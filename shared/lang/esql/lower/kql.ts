import type { Span } from '#shared/base/diagnostic.ts';
import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { fieldsOf } from '#shared/plan/fields.ts';
import { mapExpression } from '#shared/plan/map.ts';
import { fieldBehind } from '#shared/plan/provenance.ts';
import { type Context, type Lowered, report, sourceOf } from './context.ts';

/**
 * `kql("…")`: true where the event matches, by the rules of KQL. It looks at the fields of the event, so that it may stand
 * only where they still are what they were.
 */
export function lowerKql(node: Node & { readonly kind: 'call' }, context: Context): Lowered {
  const [literal, ...more] = node.args;
  if (literal?.kind !== 'string' || more.length > 0) {
    return report(context, node, { code: 'wrong-arguments', message: 'Function [kql] takes one constant text' });
  }
  const compiled = compileKql(literal.value, context.catalogue);
  const found = compiled.ok ? compiled.value.warnings : compiled.error;
  for (const { span, ...problem } of found) report(context, placeIn(literal, span, context), problem);
  if (!compiled.ok) return null;
  const changed = fieldsOf(compiled.value.expression).filter(
    (field) => fieldBehind(context.provenance, field) !== field,
  );
  if (changed.length === 0) {
    return mapExpression(compiled.value.expression, (part) => ({
      ...part,
      span: placeIn(literal, part.span, context),
    }));
  }
  return report(context, node, {
    code: 'misplaced-kql',
    message: `kql reads [${changed.join(', ')}], which an earlier command has dropped or changed`,
    remedy: 'Move it in front of that command.',
  });
}

/** A place inside of the text, where the text stands in the query as it is; else all of it. */
function placeIn(literal: Span, span: Span | undefined, context: Context): Span {
  const written = sourceOf(context, literal);
  const triple = written.startsWith('"""');
  if (!span || (!triple && written.includes('\\'))) return literal;
  const start = literal.from + (triple ? 3 : 1);
  return { from: start + span.from, to: start + span.to };
}
