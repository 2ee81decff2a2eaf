import { catalogueOf, type Field } from '#shared/event/field.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Literal, QueryNode } from './ast.ts';
import type { Lowering } from './lowering.ts';
import { error, warning } from './problem.ts';

type NestedNode = QueryNode & { readonly kind: 'nested' };

/**
 * `field:{ … }`: one object of a list meets every condition; names inside are seen from the object (elastic/kibana
 * `functions/nested.ts`). On a path that is not mapped so, nothing does (`ignore_unmapped`).
 */
export function lowerNested(
  node: NestedNode,
  lowering: Lowering,
  lowerQuery: (node: QueryNode, lowering: Lowering) => Expression,
): Expression {
  const field = node.field.kind === 'text' ? lowering.catalogue.find(node.field.text) : undefined;
  if (field?.type !== 'nested') return notNested(node, lowering);
  const catalogue = catalogueOf(field.fields ?? []);
  const before = lowering.diagnostics.length;
  const where = lowerQuery(node.query, { ...lowering, catalogue });
  if (readsNow(where)) refuseNow(node, lowering);
  return lowering.diagnostics.slice(before).some(({ severity }) => severity === 'error')
    ? { kind: 'literal', type: 'boolean', value: false }
    : { kind: 'nested', path: field.name, where };
}

function notNested({ field }: NestedNode, { diagnostics, catalogue }: Lowering): Expression {
  const name = writtenName(field);
  const isObject = catalogue.fields.some((one) => one.name.startsWith(`${name}.`));
  diagnostics.push(
    warning({
      code: 'not-nested',
      message: `${name} is not mapped as a list of objects (nested), so that this matches nothing.`,
      remedy: isObject
        ? `Name the fields in full and join them: ${name}.a:1 and ${name}.b:2.`
        : 'Give a path that is mapped as nested.',
      span: field.span,
    }),
  );
  return { kind: 'any', field: name, type: 'null', test: { kind: 'never' } };
}

/** The name of a field as a query has it. */
export const writtenName = (field: Literal): string =>
  field.kind === 'text' ? field.text : field.pattern.map((part) => (typeof part === 'string' ? part : '*')).join('');

const refuseNow = ({ span }: NestedNode, { diagnostics }: Lowering): void => {
  diagnostics.push(
    error({
      code: 'unsupported-date',
      message: 'Inside of { } dates cannot be reckoned from now here.',
      remedy: 'Write the date out.',
      span,
    }),
  );
};

/** Only comparisons with the time of the run read columns; every other condition is a leaf over values. */
const readsNow = (expression: Expression): boolean =>
  expression.kind === 'and' || expression.kind === 'or'
    ? expression.operands.some(readsNow)
    : expression.kind === 'not'
      ? readsNow(expression.operand)
      : expression.kind !== 'any' && expression.kind !== 'literal' && expression.kind !== 'nested';

/** The list of objects in which a field of this name stands. */
export const nestedFieldAbove = (name: string, fields: readonly Field[]): Field | undefined =>
  fields.find((field) => field.type === 'nested' && (name === field.name || name.startsWith(`${field.name}.`)));
