import type { RuleExplanation } from '#shared/api/explain.ts';
import { formatInstant } from '#shared/base/time.ts';
import { explainRow } from '#shared/evaluate/explain.ts';
import type { ExplainedClause } from '#shared/evaluate/explained-clause.ts';
import { columnsAfter, sourceColumns, visible } from '#shared/plan/columns.ts';
import { EVENTS_COLUMN, TICK_COLUMN, type Ticks } from '#shared/plan/plan.ts';
import { type Row, valuesOf } from '#shared/plan/value.ts';
import { compileExceptions } from '#shared/rule/compile-exceptions.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { exceptedWords, failedWords, keyTexts } from './explain-words.ts';
import type { Explaining } from './explaining.ts';
import { ungated } from './ungated.ts';

/** Rows of the rule at these runs; all of its groups where `all`, whatever it asks of them. */
export async function rowsOf(
  { store, signal }: Explaining,
  compiled: CompiledRule,
  ticks: Ticks,
  all: boolean,
): Promise<readonly Row[]> {
  const plan = compiled.plan(ticks);
  const result = await store.run(all ? ungated(plan) : plan, { now: ticks.last, ...(signal && { signal }) });
  return result.rows;
}

/** How an explanation ends. */
export type Ending = Pick<RuleExplanation, 'fate' | 'because'> & Partial<RuleExplanation>;

/** A row that is no alert: beyond the limit, or counted already. */
export function unraised(compiled: CompiledRule, row: Row): Ending {
  const at = formatInstant(Number(row[TICK_COLUMN]));
  const group = compiled.aggregating ? groupOf(compiled, row) : null;
  if (compiled.threshold) {
    const because =
      'An earlier alert about its group has counted it, and what came later does not reach the threshold.';
    return { fate: 'reported', because, at, group };
  }
  return {
    fate: 'cut',
    because: `The run at ${at} found more than ${compiled.limit} rows, its limit of alerts.`,
    at,
    group,
  };
}

/** How many conditions a group meets. */
export const passing = (compiled: CompiledRule, row: Row): number =>
  conditionsOn(compiled, row).filter(({ outcome }) => outcome === 'pass').length;

function conditionsOn({ rule, conditions }: CompiledRule, row: Row): ExplainedClause[] {
  const cells = new Map(Object.entries(row));
  return conditions.map(({ expression, text }) => ({
    ...explainRow(expression, cells, { now: Number(row[TICK_COLUMN]), text: rule.query }),
    text,
  }));
}

export const groupOf = (compiled: CompiledRule, row: Row): NonNullable<RuleExplanation['group']> => ({
  keys: keyTexts(Object.fromEntries(compiled.keys.map((key) => [key, row[key] ?? null]))),
  events: valuesOf(row[EVENTS_COLUMN]).length,
  conditions: conditionsOn(compiled, row),
});

/** A group that conditions, or exceptions on rows, leave out. */
export function gated({ store, exceptions }: Explaining, compiled: CompiledRule, row: Row): Ending {
  const group = groupOf(compiled, row);
  const failed = group.conditions.filter(({ outcome }) => outcome !== 'pass');
  if (failed.length > 0) return { fate: 'group', group, because: failedWords({ ...ALL, children: failed }) };
  const cells = new Map(Object.entries(row));
  const once: Ticks = { first: 0, last: 0, interval: compiled.rule.interval };
  const columns = visible(columnsAfter(compiled.plan(once).steps, sourceColumns(store.catalogue)));
  const names = exceptions.flatMap((exception) => {
    if (exception.stage !== 'result') return [];
    const spared = compileExceptions([exception], store.catalogue, columns);
    const spares = spared.ok ? spared.value.rows : null;
    return spares && explainRow(spares, cells, { now: 0 }).outcome !== 'pass' ? [exception.name] : [];
  });
  if (names.length > 0) return { fate: 'excepted', group, exceptions: names, because: exceptedWords(names) };
  return { fate: 'group', group, because: 'A later step of the query leaves its group out.' };
}

const ALL: ExplainedClause = { text: '', operator: 'and', outcome: 'fail', field: null, saw: [], children: [] };
