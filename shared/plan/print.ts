import { unreachable } from '#shared/base/assert.ts';
import type { Aggregate, NamedExpression, Plan, SortKey, Step, Ticks } from './plan.ts';
import { printExpression, printName, printScalar } from './print-expression.ts';

/**
 * A plan as text for logs and tests, one line a step. `name` is the single value of a column, `name[]` all its values; see
 * `printExpression`.
 */
export const printPlan = (plan: Plan): string => plan.steps.map((step) => `${printStep(step)}\n`).join('');

export function printStep(step: Step): string {
  switch (step.kind) {
    case 'filter':
      return `filter ${printExpression(step.where)}`;
    case 'keep':
      return `keep ${step.columns.map(printName).join(', ')}`;
    case 'drop':
      return `drop ${step.columns.map(printName).join(', ')}`;
    case 'derive':
      return `derive ${step.columns.map(printNamed).join(', ')}`;
    case 'rename':
      return `rename ${step.columns.map(({ from, to }) => `${printName(from)} as ${printName(to)}`).join(', ')}`;
    case 'aggregate':
      return ['aggregate', step.aggregates.map(printAggregate).join(', '), printBy(step.keys.map(printNamed))]
        .filter((part) => part !== '')
        .join(' ');
    case 'inline-aggregate':
      return ['inline-aggregate', step.aggregates.map(printAggregate).join(', '), printBy(step.by.map(printName))]
        .filter((part) => part !== '')
        .join(' ');
    case 'sort':
      return `sort ${step.by.map(printSortKey).join(', ')}`;
    case 'limit':
      return ['limit', step.count, ...(step.per ? ['per', step.per.map(printName).join(', ')] : [])].join(' ');
    case 'expand':
      return `expand ${printName(step.column)}`;
    case 'ticks':
      return `ticks ${printTicks(step.ticks)} window ${step.window}ms on ${printExpression(step.time)}`;
    case 'new-terms':
      return [
        `new-terms ${step.fields.map(printName).join(', ')} at ${printTicks(step.ticks)}`,
        `window ${step.window}ms history ${step.history}ms on ${printExpression(step.time)}`,
      ].join(' ');
    default:
      return unreachable(step);
  }
}

const printBy = (keys: readonly string[]): string => (keys.length === 0 ? '' : `by ${keys.join(', ')}`);

const printNamed = ({ name, value }: NamedExpression): string => `${printName(name)} = ${printExpression(value)}`;

function printAggregate(aggregate: Aggregate): string {
  const at = aggregate.at === undefined ? '' : ` at ${aggregate.at}`;
  const by = aggregate.by ? ` by ${printExpression(aggregate.by)}` : '';
  const argument = aggregate.of ? `${printExpression(aggregate.of)}${at}${by}` : '';
  const where = aggregate.where ? ` where ${printExpression(aggregate.where)}` : '';
  return `${printName(aggregate.name)} = ${aggregate.function}(${argument})${where}`;
}

const printSortKey = ({ value, direction, nulls }: SortKey): string =>
  `${printExpression(value)} ${direction} nulls ${nulls}`;

const printTicks = ({ first, last, interval }: Ticks): string =>
  `${printScalar(first, 'datetime')}..${printScalar(last, 'datetime')} every ${interval}ms`;
