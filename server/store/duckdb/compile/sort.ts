import { isHidden, type SortKey, type Step } from '#shared/plan/plan.ts';
import { type Cell, extremeOf, one } from './cell.ts';
import { compileCell } from './expression.ts';
import { foldInstant } from './fold.ts';
import { materialised, type Relation, scopeOf } from './relation.ts';

type SortStep = Step & { readonly kind: 'sort' };

/**
 * Rows in order. Only the terms are set here: they are applied where order shows, in a limit and in the answer. Ties are
 * broken by the visible columns, then by the order before, so that the order is total.
 */
export function sortStep(relation: Relation, { by }: SortStep): Relation {
  const before = relation.order;
  // What is the same in every row orders none.
  const keys = by.filter(({ value }) => foldInstant(value, relation.now, relation.tick) === null);
  const sorted = keys.reduce<{ readonly relation: Relation; readonly terms: readonly string[] }>(
    (sofar, key) => {
      const keyed = keyTerm(sofar.relation, key);
      return { relation: keyed.relation, terms: [...sofar.terms, keyed.term] };
    },
    { relation, terms: [] },
  );
  return { ...sorted.relation, order: [...sorted.terms, ...tieBreakers(relation, by), ...before] };
}

function keyTerm(relation: Relation, { value, direction, nulls }: SortKey): { relation: Relation; term: string } {
  const cell = compileCell(value, scopeOf(relation));
  const least = direction === 'ascending';
  const key = materialised(relation, one(cell.type, extremeOf(cell, least ? 'min' : 'max')));
  return { relation: key.relation, term: `${key.cell.sql} ${least ? 'ASC' : 'DESC'} NULLS ${nulls.toUpperCase()}` };
}

function tieBreakers({ columns }: Relation, by: readonly SortKey[]): readonly string[] {
  const keys = new Set(by.map(({ value }) => (value.kind === 'column' ? value.name : null)));
  return columns.filter(({ name }) => !isHidden(name) && !keys.has(name)).flatMap(({ cell }) => tieTerms(cell));
}

/** Values by their least, then the next; fewer before more; none last. */
function tieTerms(cell: Cell): readonly string[] {
  if (cell.kind === 'one') return [`${cell.sql} ASC NULLS LAST`];
  if (cell.kind === 'many') return [`list_sort(${cell.sql}) ASC NULLS LAST`];
  return [`${extremeOf(cell, 'min')} ASC NULLS LAST`, `${cell.several} ASC NULLS FIRST`];
}
