import { unreachable } from '#shared/base/assert.ts';
import type { RuleFilter } from '#shared/rule/rule-filter.ts';

/** A rule's filter in words, for reading. */
export function filterText(filter: RuleFilter): string {
  switch (filter.kind) {
    case 'match':
      return `${filter.field}: ${filter.values.join(' or ')}`;
    case 'wildcard':
      return `${filter.field} like ${filter.pattern}`;
    case 'exists':
      return `${filter.field}: *`;
    case 'range':
      return filter.bounds.map(({ operator, value }) => `${filter.field} ${operator} ${value}`).join(' and ');
    case 'not':
      return `not (${filterText(filter.of)})`;
    case 'all':
    case 'any':
      return `(${filter.of.map(filterText).join(filter.kind === 'all' ? ' and ' : ' or ')})`;
    default:
      return unreachable(filter);
  }
}
