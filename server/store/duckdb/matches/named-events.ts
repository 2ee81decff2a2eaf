import type { EventNumber } from '#server/store/event-store.ts';
import { allOf, type Expression } from '#shared/plan/expression.ts';
import { EVENT_COLUMN, type Plan, type Step } from '#shared/plan/plan.ts';
import { conjunctsOf } from '#shared/rule/event-filter.ts';
import { integerLiteral, textLiteral } from '../sql/literal.ts';

/** A plan whose first condition names the events that it is about, without that condition. */
export interface NamingPlan {
  /** Ascending, each once, and at least one. */
  readonly numbers: readonly EventNumber[];
  readonly rest: Plan;
}

/** The plan as one that names its events; null where it does not. */
export function namingPlan({ steps: [first, ...others] }: Plan): NamingPlan | null {
  if (first?.kind !== 'filter') return null;
  const conditions = conjunctsOf(first.where);
  for (const condition of conditions) {
    const numbers = numbersIn(condition);
    if (numbers === null) continue;
    const left = conditions.filter((one) => one !== condition);
    const filter: readonly Step[] = left.length === 0 ? [] : [{ kind: 'filter', where: allOf(left) }];
    return { numbers, rest: { steps: [...filter, ...others] } };
  }
  return null;
}

function numbersIn(condition: Expression): readonly EventNumber[] | null {
  if (condition.kind !== 'in' || !isNumber(condition.value) || condition.items.length === 0) return null;
  const numbers = condition.items.map((item) =>
    item.kind === 'literal' ? Number(item.value ?? Number.NaN) : Number.NaN,
  );
  return numbers.every(Number.isSafeInteger) ? [...new Set(numbers)].sort((left, right) => left - right) : null;
}

const isNumber = (value: Expression): boolean =>
  value.kind === 'single' && value.of.kind === 'column' && value.of.name === EVENT_COLUMN;

/** From here on events lie too far apart for the engine to skip what is between them. */
const FAR_APART = 500_000;

export const liesFarApart = (numbers: readonly EventNumber[]): boolean =>
  (numbers.at(-1) ?? 0) - (numbers[0] ?? 0) >= FAR_APART;

/**
 * These events of a table, as a table. A list in one literal is read and planned at once, where thousands of terms take as long
 * as the answer. Where the events lie far apart their rows are found first, so that of the others no more than a number is read.
 */
export function theseOf(table: string, numbers: readonly EventNumber[]): string {
  const bounds = `${integerLiteral(numbers[0] ?? 0)} AND ${integerLiteral(numbers.at(-1) ?? 0)}`;
  const list = textLiteral(JSON.stringify(numbers));
  const these = `seq IN (SELECT unnest(from_json(${list}, '["BIGINT"]'))) AND seq BETWEEN ${bounds}`;
  const isThis = liesFarApart(numbers) ? `rowid IN (SELECT rowid FROM ${table} WHERE ${these})` : these;
  return `(SELECT * FROM ${table} WHERE ${isThis})`;
}
