import { unreachable } from '#shared/base/assert.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import { lowerCaseText } from '#shared/base/text.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileException } from '#shared/exceptions/compile.ts';
import type { ExceptionEntry } from '#shared/exceptions/item.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { kqlFieldName, kqlLiteral } from '#shared/lang/kql/literal.ts';
import { allOf, anyOf, type ElementTest, type Expression, not } from '#shared/plan/expression.ts';
import { mapExpression } from '#shared/plan/map.ts';
import type { Pattern } from '#shared/plan/pattern.ts';
import type { RuleFilter } from './rule-filter.ts';

/** What all of a rule's filters ask of an event; null where it has none. */
export function compileFilters(
  filters: readonly RuleFilter[],
  catalogue: FieldCatalogue,
): Result<Expression | null, readonly Diagnostic[]> {
  if (filters.length === 0) return succeed(null);
  const problems: Diagnostic[] = [];
  const compiled = allOf(filters.map((filter) => lower(filter, catalogue, problems)));
  return problems.length > 0 ? fail(problems.map(ofFilter)) : succeed(compiled);
}

/** Its span would point into the rule's query, where the problem is not. */
const ofFilter = ({ span: _span, ...problem }: Diagnostic): Diagnostic => ({
  ...problem,
  message: `rule.filters: ${problem.message}`,
});

function lower(filter: RuleFilter, catalogue: FieldCatalogue, problems: Diagnostic[]): Expression {
  const each = (filters: readonly RuleFilter[]) => filters.map((one) => lower(one, catalogue, problems));
  switch (filter.kind) {
    case 'all':
      return allOf(each(filter.of));
    case 'any':
      return anyOf(each(filter.of));
    case 'not':
      return not(lower(filter.of, catalogue, problems));
    case 'exists':
      return entry({ type: 'exists', field: filter.field, operator: 'included' }, catalogue, problems);
    case 'match':
      return entry(
        { type: 'match_any', field: filter.field, operator: 'included', value: [...filter.values] },
        catalogue,
        problems,
      );
    case 'wildcard': {
      const found = entry(
        { type: 'wildcard', field: filter.field, operator: 'included', value: filter.pattern },
        catalogue,
        problems,
      );
      return filter.caseless ? caseless(found) : found;
    }
    case 'range':
      return range(filter, catalogue, problems);
    default:
      return unreachable(filter);
  }
}

function entry(entry: ExceptionEntry, catalogue: FieldCatalogue, problems: Diagnostic[]): Expression {
  return taken(compileException([entry], catalogue), problems);
}

function range(
  { field, bounds }: RuleFilter & { readonly kind: 'range' },
  catalogue: FieldCatalogue,
  problems: Diagnostic[],
): Expression {
  const text = bounds
    .map(({ operator, value }) => `${kqlFieldName(field)} ${operator} ${kqlLiteral(value)}`)
    .join(' and ');
  const compiled = compileKql(text, catalogue);
  return taken(compiled.ok ? succeed(compiled.value.expression) : compiled, problems);
}

function taken(compiled: Result<Expression, readonly Diagnostic[]>, problems: Diagnostic[]): Expression {
  if (compiled.ok) return withoutSpans(compiled.value);
  problems.push(...compiled.error);
  return anyOf([]);
}

const withoutSpans = (expression: Expression): Expression =>
  mapExpression(expression, ({ span: _span, ...node }) => node as Expression);

/** Upper and lower case alike: both sides are compared in lower case. */
const caseless = (expression: Expression): Expression =>
  mapExpression(expression, (node) =>
    node.kind === 'any' ? { ...node, caseless: true, test: inLowerCase(node.test) } : node,
  );

const inLowerCase = (test: ElementTest): ElementTest =>
  test.kind === 'like' ? { ...test, pattern: test.pattern.map(lowerPart) } : test;

const lowerPart = (part: Pattern[number]): Pattern[number] => (typeof part === 'string' ? lowerCaseText(part) : part);
