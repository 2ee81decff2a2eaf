import { catalogueOf, type Field, type FieldCatalogue } from '#shared/event/field.ts';
import { nestedFieldAbove } from '#shared/event/nested-path.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Literal, QueryNode } from './ast.ts';
import type { Lowering } from './lowering.ts';
import { error, warning } from './problem.ts';

type NestedNode = QueryNode & { readonly kind: 'nested' };

/**
 * `field:{ … }`: one object of a list meets every condition; names inside are seen from the object (elastic/kibana
 * `functions/nested.ts`). On a path that is not mapped so, nothing does (`ignore_unmapped`). A list that stands in the objects of
 * another is named from these, or with its whole path for those of any of them.
 */
export function lowerNested(
  node: NestedNode,
  lowering: Lowering,
  lowerQuery: (node: QueryNode, lowering: Lowering) => Expression,
): Expression {
  const lists = node.field.kind === 'text' ? listsTo(node.field.text, lowering.catalogue) : null;
  if (!lists) return notNested(node, lowering);
  const before = lowering.diagnostics.length;
  const where = lowerQuery(node.query, { ...lowering, catalogue: objectsOf(lists) });
  if (readsNow(where)) refuseNow(node, lowering);
  return lowering.diagnostics.slice(before).some(({ severity }) => severity === 'error')
    ? { kind: 'literal', type: 'boolean', value: false }
    : anyObject(lists, where);
}

/** The lists of objects on the way to the one of this path, which is the last; null where there is none. */
export function listsTo(path: string, { fields }: FieldCatalogue): readonly Field[] | null {
  const list = nestedFieldAbove(path, fields);
  if (!list || list.name === path) return list ? [list] : null;
  const inner = listsTo(path.slice(list.name.length + 1), objectsOf([list]));
  return inner && [list, ...inner];
}

/** What the objects of the last of these lists have. */
export const objectsOf = (lists: readonly Field[]): FieldCatalogue => catalogueOf(lists.at(-1)?.fields ?? []);

/** Whether an object of the last list passes, in any object of the lists before. */
export const anyObject = (lists: readonly Field[], where: Expression): Expression =>
  lists.reduceRight((inner, { name }): Expression => ({ kind: 'nested', path: name, where: inner }), where);

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
