import type { Step } from '#shared/plan/plan.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { type Cells, cell, keyOf } from './cells.ts';
import type { Scope } from './expression.ts';
import { groupRows } from './group-rows.ts';

/** The rows with the aggregates of their groups (elastic/elasticsearch `docs/reference/`, ES|QL `INLINE STATS`). */
export function annotateRows(
  { aggregates, by }: Step & { readonly kind: 'inline-aggregate' },
  rows: readonly Cells[],
  columns: readonly ResultColumn[],
  scope: Scope,
  nextRow: () => void,
): readonly Cells[] {
  const keys = by.map((name, index) => ({
    name: `key ${index}`,
    value: {
      kind: 'column' as const,
      name,
      type: columns.find((column) => column.name === name)?.type ?? ('null' as const),
    },
  }));
  const renamed = aggregates.map((aggregate, index) => ({ ...aggregate, name: `aggregate ${index}` }));
  const groups = groupRows({ kind: 'aggregate', aggregates: renamed, keys }, rows, scope, nextRow);
  const byKey = new Map(groups.map((group) => [keyOf(keys.map(({ name }) => cell(group, name))), group]));
  return rows.map((row) => {
    const group = byKey.get(keyOf(by.map((name) => cell(row, name))));
    const added = aggregates.map(
      ({ name }, index) => [name, group ? cell(group, `aggregate ${index}`) : null] as const,
    );
    return new Map([...row, ...added]);
  });
}
