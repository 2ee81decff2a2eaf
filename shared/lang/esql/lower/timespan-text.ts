import { DAY } from '#shared/base/time.ts';
import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import { unitLength } from '#shared/lang/esql/syntax/timespan.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';
import { lowerTimespan } from './literal.ts';

type Timespan = Node & { readonly kind: 'timespan' };

/** The timespan that a constant text writes, as `"1 day"`; null for any other node. */
function timespanIn(node: Node): Timespan | null {
  const [, amount, unit] = (node.kind === 'string' && /^\s*(\d+)\s*([a-z]+)\s*$/i.exec(node.value)) || [];
  if (amount === undefined || unit === undefined || unitLength(unit) === null) return null;
  return { kind: 'timespan', amount, unit: { text: unit, ...spanOf(node) }, ...spanOf(node) };
}

/**
 * The argument of a function that asks for a timespan there: a constant text is read as one (elastic/elasticsearch `docs/reference/`, ES|QL
 * implicit casting), which operators do not do.
 */
export const asTimespan = (node: Node): Node => timespanIn(node) ?? node;

/** Which units make a timespan of the type: `date_period` has days and what is longer, `time_duration` what is shorter. */
function isOfType({ unit }: Timespan, type: string): boolean {
  const length = unitLength(unit.text);
  const isPeriod = length !== null && ('months' in length || length.milliseconds >= DAY);
  return isPeriod === (type === 'date_period');
}

/** `to_dateperiod("1 day")`, `to_timeduration("1 hour")`, and the casts `::date_period` and `::time_duration`: of constants. */
export function lowerToTimespan(node: Node, of: Node | undefined, type: string, context: Context): Lowered {
  const timespan = of && (of.kind === 'timespan' ? of : timespanIn(of));
  if (timespan && isOfType(timespan, type)) return lowerTimespan(timespan, context);
  return report(context, of ?? node, {
    code: 'invalid-timespan',
    message: of
      ? `Cannot read [${sourceOf(context, of)}] as [${type}]`
      : `[${sourceOf(context, node)}] takes a constant`,
    remedy:
      type === 'date_period'
        ? 'Write days, weeks, months, quarters or years: "1 day".'
        : 'Write hours, minutes, seconds or milliseconds: "1 hour".',
  });
}
