import { must } from '#shared/base/assert.ts';
import type { Step } from '#shared/plan/plan.ts';
import { groupStep } from './aggregate-step.ts';
import { type Cell, isSeveral, one, singleOf } from './cell.ts';
import { fresh, materialised, put, type Relation, scopeOf, selecting, tableOf } from './relation.ts';
import { columnOf } from './scope.ts';

type AnnotateStep = Step & { readonly kind: 'inline-aggregate' };

/** A column of rows to join by: its only value, and whether it has several and so joins nothing. */
interface JoinKey {
  readonly name: string;
  readonly value: string;
  readonly several: string;
}

/** Each row beside the aggregates of its group: the rows are kept, grouped, and joined with their groups. */
export function annotateStep(before: Relation, { aggregates, by }: AnnotateStep): Relation {
  const { relation: keyed, keys } = by.reduce(withKey, { relation: before, keys: [] });
  const rows = selecting(keyed, (from) => `SELECT * FROM ${from}`, 'kept');
  const groups = groupStep(rows, {
    kind: 'aggregate',
    aggregates,
    keys: by.map((name) => ({
      name,
      value: { kind: 'column', name, type: columnOf(scopeOf(rows), name).cell.type },
    })),
  });
  const added = aggregates.map(({ name }) => ({ name, cell: columnOf(scopeOf(groups), name).cell }));
  const on = keys.map(({ name, value, several }) => {
    const key = columnOf(scopeOf(groups), name).cell.sql;
    return `r.${value} IS NOT DISTINCT FROM g.${key} AND NOT r.${several}`;
  });
  const [joined, named] = renamed(groups, added);
  const selected = ['r.*', ...named.map(({ from, cell }) => `g.${from} AS ${cell.sql}`)].join(', ');
  const condition = on.length === 0 ? 'true' : on.join(' AND ');
  const relation = selecting(
    joined,
    (from) => `SELECT ${selected} FROM ${tableOf(rows)} r LEFT JOIN ${from} g ON ${condition}`,
  );
  const columns = named.reduce((known, { name, cell }) => put(known, name, cell), [...rows.columns]);
  const moved = by.reduce((known, name) => {
    const { cell, variety } = columnOf({ columns: known }, name);
    return put(known, name, cell, variety);
  }, columns);
  return { ...relation, columns: moved, order: rows.order };
}

interface Keyed {
  readonly relation: Relation;
  readonly keys: readonly JoinKey[];
}

function withKey({ relation, keys }: Keyed, name: string): Keyed {
  const { cell } = columnOf(scopeOf(relation), name);
  const value = materialised(relation, one(cell.type, singleOf(cell)));
  const several = materialised(value.relation, one('boolean', `(coalesce(${isSeveral(cell) ?? 'false'}, false))`));
  return {
    relation: several.relation,
    keys: [...keys, { name, value: value.cell.sql, several: several.cell.sql }],
  };
}

interface Added {
  readonly name: string;
  readonly from: string;
  readonly cell: Cell;
}

/** Names for the aggregates that no column of the rows has. */
function renamed(
  relation: Relation,
  added: readonly { readonly name: string; readonly cell: Cell }[],
): readonly [Relation, readonly Added[]] {
  let after = relation;
  const named = added.map(({ name, cell }): Added => {
    const [sql, more] = fresh(after);
    after = more;
    return { name, from: must(cell.sql, 'name'), cell: { ...cell, sql } };
  });
  return [after, named];
}
