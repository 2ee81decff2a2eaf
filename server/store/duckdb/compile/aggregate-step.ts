import { must } from '#shared/base/assert.ts';
import { type Aggregate, EVENT_COLUMN, EVENTS_COLUMN, type Step } from '#shared/plan/plan.ts';
import { aggregateOf, besideExtreme, countRows } from './aggregate.ts';
import type { Cell } from './cell.ts';
import { exploded } from './explode.ts';
import { compileCell, compileCondition } from './expression.ts';
import { fresh, orderBy, type Relation, scopeOf, selecting } from './relation.ts';
import { type Column, columnOf } from './scope.ts';

type AggregateStep = Step & { readonly kind: 'aggregate' };

/** One row a group: aggregates, then keys. Groups are in the order of their first rows, then of their keys. */
export function groupStep(before: Relation, step: AggregateStep): Relation {
  if (step.keys.length === 0) return onlyRow(before, step);
  const { relation: ranked, rank } = withRank(before);
  const scope = scopeOf(ranked);
  const { relation: rows, cells: keys } = exploded(
    ranked,
    step.keys.map(({ value }) => compileCell(value, scope)),
  );
  const [place, placed] = fresh(rows);
  const [relation, aggregates] = named(
    placed,
    step.aggregates.map((aggregate) => compileAggregate(aggregate, ranked)),
  );
  const selected = [
    ...keys.map((key) => key.sql),
    ...aggregates.map(({ sql, cell }) => `${sql} AS ${cell.sql}`),
    `min(${rank}) AS ${place}`,
  ];
  const grouping = keys.map((key) => key.sql).join(', ');
  const cells = [...aggregates.map(({ cell }) => cell), ...keys];
  return {
    ...selecting(relation, (from) => `SELECT ${selected.join(', ')} FROM ${from} GROUP BY ${grouping}`),
    columns: [...step.aggregates, ...step.keys].map(({ name }, index) => groupColumn(name, cells[index])),
    order: [place, ...keys.map((key) => `${key.sql} ASC NULLS LAST`)],
  };
}

/** The one row of a group of everything, also of nothing. */
function onlyRow(before: Relation, step: AggregateStep): Relation {
  const [relation, aggregates] = named(
    before,
    step.aggregates.map((aggregate) => compileAggregate(aggregate, before)),
  );
  const selected = aggregates.map(({ sql, cell }) => `${sql} AS ${cell.sql}`);
  // A group has a row though nobody asks anything of it.
  const list = selected.length > 0 ? selected.join(', ') : 'count(*)';
  return {
    ...selecting(relation, (from) => `SELECT ${list} FROM ${from}`),
    columns: step.aggregates.map(({ name }, index) => groupColumn(name, aggregates[index]?.cell)),
    order: [],
  };
}

/** One column that holds each row's place in the order. */
function withRank(relation: Relation): { readonly relation: Relation; readonly rank: string } {
  const [only, ...more] = relation.order;
  // A term that says how it orders is no column: one row of all, sorted, has no other.
  if (only !== undefined && more.length === 0 && /^\w+$/.test(only)) return { relation, rank: only };
  const [rank, named] = fresh(relation);
  return {
    relation: selecting(named, (from) => `SELECT *, row_number() OVER (${orderBy(relation)}) AS ${rank} FROM ${from}`),
    rank,
  };
}

function compileAggregate(aggregate: Aggregate, relation: Relation): Cell {
  const { function: fn, of, by, where } = aggregate;
  const scope = scopeOf(relation);
  if (of && by && (fn === 'first' || fn === 'last')) {
    const condition = where && compileCondition(where, scope);
    return besideExtreme(fn, compileCell(of, scope), compileCell(by, scope), condition);
  }
  const filter = where === null ? '' : ` FILTER (WHERE ${compileCondition(where, scope)})`;
  const isFew = relation.isFew && relation.tick !== null;
  if (of !== null) return aggregateOf(aggregate, compileCell(of, scope), filter, isFew);
  return fn === 'events' ? aggregateOf({ function: 'events' }, eventsOf(relation), filter, isFew) : countRows(filter);
}

/** The events behind a row: its own, or those that an earlier aggregate has collected. */
function eventsOf({ columns }: Relation): Cell {
  const own = columns.some(({ name }) => name === EVENT_COLUMN);
  return columnOf({ columns }, own ? EVENT_COLUMN : EVENTS_COLUMN).cell;
}

interface NamedCell {
  readonly sql: string;
  /** The same value by its name. */
  readonly cell: Cell;
}

const named = (relation: Relation, cells: readonly Cell[]): readonly [Relation, readonly NamedCell[]] => [
  { ...relation, named: relation.named + cells.length },
  cells.map((cell, index) => ({ sql: cell.sql, cell: { ...cell, sql: `c${relation.named + index}` } })),
];

function groupColumn(name: string, cell: Cell | undefined): Column {
  return { name, cell: must(cell, `cell of ${name}`), variety: 'many' };
}
