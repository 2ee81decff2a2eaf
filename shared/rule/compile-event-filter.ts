import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { type Result, succeed } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { allOf, type Expression } from '#shared/plan/expression.ts';
import type { Step } from '#shared/plan/plan.ts';
import { compileFilters } from './compile-filters.ts';
import { conjunctsOf } from './event-filter.ts';
import type { Rule } from './rule.ts';

export interface EventFilter {
  /** The rule's KQL query and its filters. */
  readonly filter: Expression;
  readonly warnings: readonly Diagnostic[];
}

/** What a rule in KQL asks of an event, exceptions not counted. */
export function compileEventFilter(rule: Rule, catalogue: FieldCatalogue): Result<EventFilter, readonly Diagnostic[]> {
  const query = compileKql(rule.query, catalogue);
  if (!query.ok) return query;
  const filters = compileFilters(rule.filters, catalogue);
  if (!filters.ok) return filters;
  const { expression, warnings } = query.value;
  const filter = filters.value === null ? expression : allOf([expression, ...conjunctsOf(filters.value)]);
  return succeed({ filter, warnings });
}

/** Filter steps of the conditions that there are. */
export const filterSteps = (conditions: readonly (Expression | null)[]): readonly Step[] =>
  conditions.flatMap((where) => (where ? [{ kind: 'filter', where } satisfies Step] : []));
