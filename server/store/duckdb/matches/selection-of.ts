import { createHash } from 'node:crypto';
import type { StandingFilter } from '#server/store/event-store.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { fieldsOf } from '#shared/plan/fields.ts';
import { HIDDEN } from '#shared/plan/plan.ts';
import { MACROS } from '../compile/macros.ts';
import { fieldColumns } from '../load/field-columns.ts';
import { eventColumns, type Layout } from '../load/schema.ts';
import { canonical, certainBy, isAmong, openConditions } from './implied.ts';
import { matchingSql } from './matching-sql.ts';
import type { Selection } from './selection.ts';

/** Columns that are kept whatever the fields: by the last two an event is found that goes. */
const ALWAYS: ReadonlySet<string> = new Set(['seq', 'spill', 'batch', 'id']);
const TIMESTAMP = '@timestamp';

/**
 * All that is wanted to tell a plan's answer; the filter's own fields are among them where other conditions ask them too.
 * @param others selections that are kept as well
 */
export function selectionOf(
  { filter, fields: asked, sparing }: StandingFilter,
  layout: Layout,
  others: readonly Selection[],
): Selection {
  const { catalogue } = layout;
  // What items ask is not asked again of what they left: as long as they change alone, the columns are the same.
  const fields = new Set([TIMESTAMP, ...fieldsOf(sparing?.of ?? filter), ...asked]);
  const names = new Set([...fields].map((field) => fieldColumns(catalogue).get(field)));
  const columns = eventColumns(layout).filter(({ name }) => ALWAYS.has(name) || names.has(name));
  // A field that has spilled is asked for otherwise: the statement that has both ways in it stands for all.
  const spilled = new Set(catalogue.fields.map(({ name }) => name));
  const verdicts = openConditions(filter).map((value, index) => ({ name: `${HIDDEN}verdict ${index}`, value }));
  const statement = matchingSql({ filter, verdicts, among: null }, 0, { catalogue, spilled, now: 0 });
  const meaning = JSON.stringify([canonical(filter), statement, columns, MACROS]);
  const digest = createHash('sha256').update(meaning).digest('hex').slice(0, 16);
  const among = others.find((other) => isAmong(filter, other.filter)) ?? null;
  const known = [
    ...certainBy(filter),
    ...verdicts.map(({ name, value }) => ({ condition: value, value: verdictColumn(name) })),
  ];
  const items = sparing && new Map(sparing.items.map((item) => [canonical(item), item]));
  return { filter, digest, place: digest, fields, columns, verdicts, known, among, items: items ?? null };
}

const verdictColumn = (name: string): Expression => ({
  kind: 'single',
  of: { kind: 'column', name, type: 'boolean' },
});
