import { fieldAtPath } from '#shared/lang/esql/patterns/json-path.ts';
import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import { type Context, type Lowered, report, spanOf } from './context.ts';
import { lowerSourceField } from './field-extract.ts';

/** The metadata field that holds the document as it came. */
export const DOCUMENT = '_source';

/**
 * `json_extract(_source, "a.b")`: what the document holds at a path, as text (elastic/elasticsearch `docs/reference/`,
 * ES|QL `JSON_EXTRACT`). That is the field of this name here; the elements of an array are its values.
 */
export function lowerJsonExtract(node: Node & { readonly kind: 'call' }, context: Context): Lowered {
  const [document, path, ...more] = node.args;
  const readsDocument = document?.kind === 'name' && document.name === DOCUMENT && context.metadata.has(DOCUMENT);
  if (!readsDocument || path?.kind !== 'string' || more.length > 0) {
    return report(context, node, {
      code: 'wrong-arguments',
      message: `Function [${node.name.text}] takes the metadata field ${DOCUMENT} and a constant path`,
      remedy: `Write METADATA ${DOCUMENT} after FROM; take parts out of other texts with GROK or DISSECT.`,
    });
  }
  const name = fieldAtPath(path.value);
  if (name === null) {
    return report(context, path, {
      code: 'wrong-arguments',
      message: `[${path.value}] is no path to a field`,
      remedy: 'Name its keys, as in "a.b": the elements of an array are the values of one field here.',
    });
  }
  const field = lowerSourceField(name, node, context);
  if (field?.kind !== 'column' || field.type === 'string') return field;
  return { kind: 'call', name: 'to_string', type: 'string', args: [field], span: spanOf(node) };
}
