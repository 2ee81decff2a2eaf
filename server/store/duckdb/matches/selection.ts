import { createHash } from 'node:crypto';
import type { Expression } from '#shared/plan/expression.ts';
import { EVENT_COLUMN, type Plan } from '#shared/plan/plan.ts';
import { startOf, withTables } from '../compile/compile.ts';
import { MACROS } from '../compile/macros.ts';
import { tableOf } from '../compile/relation.ts';
import type { Source } from '../compile/source.ts';
import { compileStep } from '../compile/steps.ts';
import { type Column, eventColumns, type Layout } from '../load/schema.ts';
import { quoteName } from '../sql/identifier.ts';
import { canonical } from './implied.ts';

/** A filter whose matches are kept, and where. */
export interface Selection {
  readonly filter: Expression;
  /** Names the filter, the statement that it comes to and the columns kept: any other program or layout gives another name. */
  readonly digest: string;
  /** Of the matches' columns: those of `events` under the same names, so that a plan reads either. */
  readonly columns: readonly Column[];
}

export function selectionOf(filter: Expression, layout: Layout): Selection {
  const columns = eventColumns({ ...layout, keepText: false });
  // A field that has spilled is asked for otherwise: the statement that has both ways in it stands for all.
  const spilled = new Set(layout.catalogue.fields.flatMap(({ name, many }) => (many ? [] : [name])));
  const statement = matchingSql(filter, 0, { catalogue: layout.catalogue, spilled, now: 0 });
  const meaning = JSON.stringify([canonical(filter), statement, columns, MACROS]);
  return { filter, columns, digest: createHash('sha256').update(meaning).digest('hex').slice(0, 16) };
}

export const TABLE_PREFIX = 'matches_';

/** Table of a selection's matches, quoted. */
export const tableNamed = (digest: string): string => quoteName(TABLE_PREFIX + digest);

/** The numbers (`seq`) of the events from `first` on that pass the filter. */
export function matchingSql(filter: Expression, first: number, source: Source): string {
  const number: Expression = { kind: 'single', of: { kind: 'column', name: EVENT_COLUMN, type: 'long' } };
  const from: Expression = { kind: 'literal', type: 'long', value: first };
  const plan: Plan = {
    steps: [
      { kind: 'filter', where: { kind: 'compare', operator: '>=', left: number, right: from } },
      { kind: 'filter', where: filter },
    ],
  };
  // Only the fields that the filter reads, though the rows of such a plan would show all.
  const narrow: Plan = { steps: [...plan.steps, { kind: 'keep', columns: [] }] };
  const relation = narrow.steps.reduce(compileStep, startOf(narrow, source));
  return `${withTables(relation)} SELECT seq FROM ${tableOf(relation)}`;
}
