import fc from 'fast-check';
import { HOUR, type Instant, MINUTE } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { columnsAfter, sourceColumns, visible } from '#shared/plan/columns.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Aggregate, AggregateFunction, NamedExpression, Plan, Step, Ticks } from '#shared/plan/plan.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { atTicks, withEvents } from '#shared/plan/rewrite.ts';
import { arbitraryEsqlExpression, arbitraryOperand } from './esql-expressions.ts';
import { arbitraryKqlExpression } from './kql-expressions.ts';
import type { Setting } from './literals.ts';
import type { Vocabulary } from './vocabulary.ts';

type Range = { readonly from: Instant; readonly to: Instant };
type Columns = readonly ResultColumn[];

const TIME: Expression = { kind: 'single', of: { kind: 'column', name: '@timestamp', type: 'datetime' } };

/**
 * Plans as the languages and the rules make them: pipelines with groups, the same on a schedule, new terms; with `$events`.
 * Where rows are limited they are sorted before, so that only rows equal in all visible columns may trade places. For
 * catalogues with `@timestamp`.
 */
export function arbitraryPlan(catalogue: FieldCatalogue, vocabulary: Vocabulary, range: Range): fc.Arbitrary<Plan> {
  const setting = { fields: catalogue.fields, vocabulary, range };
  const pipeline = arbitraryPipeline(setting, sourceColumns(catalogue));
  const window = fc.constantFrom(9 * MINUTE, 61 * MINUTE);
  const scheduled = fc
    .tuple(pipeline, arbitraryTicks(range), window)
    .map(([plan, ticks, length]) => atTicks(plan, { ticks, window: length, time: TIME }));
  return fc.oneof(
    { weight: 3, arbitrary: pipeline },
    { weight: 2, arbitrary: fc.oneof(pipeline, scheduled).map(withEvents) },
    { weight: 2, arbitrary: scheduled },
    { weight: 2, arbitrary: arbitraryNewTerms(setting) },
  );
}

/** A few runs, on the minute, inside and around the range. */
const arbitraryTicks = ({ from, to }: Range): fc.Arbitrary<Ticks> =>
  fc
    .tuple(fc.nat(Math.ceil((to - from) / MINUTE)), fc.nat(12), fc.constantFrom(MINUTE, 5 * MINUTE, 17 * MINUTE))
    .map(([start, runs, interval]) => {
      const first = from + start * MINUTE;
      return { first, last: first + runs * interval, interval };
    });

function arbitraryPipeline(setting: Setting, source: Columns): fc.Arbitrary<Plan> {
  const usual = visible(source).filter(({ name }) => (setting.vocabulary[name] ?? []).length > 0);
  const fields = fc
    .tuple(
      fc.shuffledSubarray(usual, { maxLength: Math.min(4, usual.length) }),
      fc.subarray([...visible(source)], { minLength: 1, maxLength: Math.min(2, visible(source).length) }),
    )
    .map((both) => [...new Set(both.flat())]);
  return fields.chain((chosen) => {
    const time = chosen.some(({ name }) => name === '@timestamp') ? [] : ['@timestamp'];
    const keep: Step = { kind: 'keep', columns: [...chosen.map(({ name }) => name), ...time] };
    const over = { columns: chosen, setting };
    return fc
      .tuple(
        fc.option(
          arbitraryEsqlExpression(over, 2).map((where): Step => ({ kind: 'filter', where })),
          { freq: 1 },
        ),
        fc.option(arbitraryReshape(chosen, setting), { freq: 2 }),
      )
      .chain(([filter, reshape]) => {
        const steps: readonly Step[] = [keep, ...(filter ? [filter] : []), ...(reshape ? [reshape] : [])];
        return arbitraryEnd(visible(columnsAfter(steps, source)), setting).map((end) => ({
          steps: [...steps, ...end],
        }));
      });
  });
}

/** `derive`, `rename`, `expand` or `inline-aggregate`. */
function arbitraryReshape(columns: Columns, setting: Setting): fc.Arbitrary<Step> {
  const column = fc.constantFrom(...columns);
  const derived: fc.Arbitrary<NamedExpression> = column.chain((of) =>
    fc.record({
      name: fc.constantFrom('derived', of.name),
      value: arbitraryOperand(of.type, { columns, setting }, of),
    }),
  );
  return fc.oneof(
    fc
      .uniqueArray(derived, { minLength: 1, maxLength: 2, selector: ({ name }) => name })
      .map((named): Step => ({ kind: 'derive', columns: named })),
    column.map(({ name }): Step => ({ kind: 'rename', columns: [{ from: name, to: 'renamed.to' }] })),
    column.map(({ name }): Step => ({ kind: 'expand', column: name })),
    arbitraryAggregate(columns, setting).map(inline),
  );
}

/** The same aggregates beside the rows of each group. */
const inline = (step: Step): Step =>
  step.kind === 'aggregate'
    ? {
        kind: 'inline-aggregate',
        aggregates: step.aggregates.map((one, index) => ({ ...one, name: `i${index}` })),
        by: step.keys.map(({ name }) => name),
      }
    : step;

function arbitraryEnd(columns: Columns, setting: Setting): fc.Arbitrary<readonly Step[]> {
  const grouped = arbitraryAggregate(columns, setting).chain((aggregate) => {
    const after = columnsAfter([aggregate], columns);
    const filter = arbitraryEsqlExpression({ columns: after, setting }, 1).map(
      (where): Step => ({ kind: 'filter', where }),
    );
    return fc
      .tuple(fc.option(filter, { freq: 1 }), arbitraryCut(after))
      .map(([where, cut]): readonly Step[] => [aggregate, ...(where ? [where] : []), ...cut]);
  });
  return fc.oneof({ weight: 3, arbitrary: grouped }, { weight: 1, arbitrary: arbitraryCut(columns) });
}

function arbitraryAggregate(columns: Columns, setting: Setting): fc.Arbitrary<Step> {
  const keys = fc
    .shuffledSubarray([...columns], { maxLength: Math.min(3, columns.length) })
    .map((chosen) =>
      chosen.map(({ name, type }): NamedExpression => ({ name, value: { kind: 'column', name, type } })),
    );
  const aggregate = fc
    .tuple(fc.constantFrom(...columns), fc.option(arbitraryEsqlExpression({ columns, setting }, 0), { freq: 3 }))
    .chain(([column, where]) =>
      fc.constantFrom(...functionsFor(column, columns)).map((fn) => aggregateOf(fn, column, where)),
    );
  return fc.tuple(fc.array(aggregate, { minLength: 1, maxLength: 4 }), keys).map(
    ([aggregates, by]): Step => ({
      kind: 'aggregate',
      aggregates: aggregates.map((one, index) => ({ ...one, name: `a${index}` })),
      keys: by,
    }),
  );
}

/** Doubles are left out: their sums depend on the order in which an executor adds. */
function functionsFor({ type }: ResultColumn, columns: Columns): readonly AggregateFunction[] {
  const decided: readonly AggregateFunction[] = columns.some(({ name }) => name === TIMESTAMP) ? ['first', 'last'] : [];
  const any: readonly AggregateFunction[] = ['count', 'count-distinct', 'values', 'min', 'max', 'present', ...decided];
  if (type === 'boolean') return ['count', 'count-distinct', 'values'];
  if (type === 'ip') return any;
  return type === 'long'
    ? [...any, 'least', 'greatest', 'percentile', 'sum', 'avg', 'median']
    : [...any, 'least', 'greatest'];
}

const TIMESTAMP = '@timestamp';
const AT: Partial<Record<AggregateFunction, number>> = { percentile: 80, least: 2, greatest: 3 };

const aggregateOf = (fn: AggregateFunction, { name, type }: ResultColumn, where: Expression | null): Aggregate => ({
  name: fn,
  function: fn,
  of: fn === 'count' && type === 'boolean' ? null : { kind: 'column', name, type },
  ...(AT[fn] !== undefined && { at: AT[fn] }),
  ...((fn === 'first' || fn === 'last') && { by: { kind: 'column', name: TIMESTAMP, type: 'datetime' } as const }),
  where,
});

/** Rows sorted, and then maybe the first few of them, or of each of their groups. */
const arbitraryCut = (columns: Columns): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...columns], { minLength: 1, maxLength: Math.min(2, columns.length) }),
      fc.constantFrom('ascending' as const, 'descending' as const),
      fc.constantFrom('first' as const, 'last' as const),
      fc.option(fc.nat(5)),
      fc.option(fc.shuffledSubarray([...columns], { minLength: 1, maxLength: Math.min(2, columns.length) }), {
        freq: 1,
      }),
    )
    .map(([keys, direction, nulls, count, per]): readonly Step[] => [
      {
        kind: 'sort',
        by: keys.map(({ name, type }) => ({ value: { kind: 'column', name, type }, direction, nulls })),
      },
      ...(count === null ? [] : [{ kind: 'limit' as const, count, ...(per && { per: per.map(({ name }) => name) }) }]),
    ]);

function arbitraryNewTerms(setting: Setting): fc.Arbitrary<Plan> {
  const texts = setting.fields.filter(({ name }) => (setting.vocabulary[name] ?? []).length > 0);
  return fc
    .record({
      where: fc.option(arbitraryKqlExpression(setting, 1), { freq: 1 }),
      fields: fc.shuffledSubarray(
        texts.map(({ name }) => name),
        { minLength: 1, maxLength: Math.min(3, texts.length) },
      ),
      ticks: arbitraryTicks(setting.range),
      window: fc.constantFrom(5 * MINUTE, 9 * MINUTE),
      history: fc.constantFrom(20 * MINUTE, HOUR, 168 * HOUR),
    })
    .map(
      ({ where, ...rest }): Plan => ({
        steps: [...(where ? [{ kind: 'filter' as const, where }] : []), { kind: 'new-terms', time: TIME, ...rest }],
      }),
    );
}
