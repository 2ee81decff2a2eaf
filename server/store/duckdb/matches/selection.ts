import { createHash } from 'node:crypto';
import type { StandingFilter } from '#server/store/event-store.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { fieldsOf } from '#shared/plan/fields.ts';
import { EVENT_COLUMN, type Plan } from '#shared/plan/plan.ts';
import { startOf, withTables } from '../compile/compile.ts';
import { MACROS } from '../compile/macros.ts';
import { tableOf } from '../compile/relation.ts';
import type { Source } from '../compile/source.ts';
import { compileStep } from '../compile/steps.ts';
import { fieldColumns } from '../load/field-columns.ts';
import { type Column, eventColumns, type Layout } from '../load/schema.ts';
import { quoteName } from '../sql/identifier.ts';
import { canonical } from './implied.ts';

/** A filter whose matches are kept, and where. */
export interface Selection {
  readonly filter: Expression;
  /** Names the filter, the statement that it comes to and the columns kept: any other program or layout gives another name. */
  readonly digest: string;
  /** Fields whose values are kept. */
  readonly fields: ReadonlySet<string>;
  /** Of the matches: columns of `events` under the same names, so that a plan reads either. */
  readonly columns: readonly Column[];
}

/** Columns that are kept whatever the fields: by the last two an event is found that goes. */
const ALWAYS: ReadonlySet<string> = new Set(['seq', 'spill', 'batch', 'id']);
const TIMESTAMP = '@timestamp';

/** All that is wanted to tell a plan's answer; the filter's own fields are among them where other conditions ask them too. */
export function selectionOf({ filter, fields: asked }: StandingFilter, layout: Layout): Selection {
  const { catalogue } = layout;
  const fields = new Set([TIMESTAMP, ...fieldsOf(filter), ...asked]);
  const names = new Set([...fields].map((field) => fieldColumns(catalogue).get(field)));
  const columns = eventColumns(layout).filter(({ name }) => ALWAYS.has(name) || names.has(name));
  // A field that has spilled is asked for otherwise: the statement that has both ways in it stands for all.
  const spilled = new Set(catalogue.fields.map(({ name }) => name));
  const statement = matchingSql(filter, 0, { catalogue, spilled, now: 0 });
  const meaning = JSON.stringify([canonical(filter), statement, columns, MACROS]);
  const digest = createHash('sha256').update(meaning).digest('hex').slice(0, 16);
  return { filter, digest, fields, columns };
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
