import type { Plan } from '#shared/plan/plan.ts';
import { fieldsRead } from '../compile/compile.ts';
import { quoteName } from '../sql/identifier.ts';
import { withKnown } from './implied.ts';
import { type Selection, tableNamed } from './selection.ts';

/** A plan that gives over a table what the plan it came from gives over all events. */
export interface Narrowed {
  readonly plan: Plan;
  /** A table, or a SELECT in parentheses. */
  readonly table: string;
  /** Its columns beside those of events, which the plan may name: of booleans. */
  readonly added: readonly string[];
  /** Whether it meets all that the plan it came from warns of: only conditions on numbers turn events away before. */
  readonly warns: boolean;
}

/** A plan that uses no events but a selection's matches, over these. */
export function narrowedTo(selection: Selection, before: Plan): Narrowed {
  const plan = withKnown(before, selection.known, selection.fields);
  const added = selection.verdicts.map(({ name }) => name);
  return { plan, table: matchesWith(selection, fieldsRead(plan)), added, warns: false };
}

/**
 * A selection's matches as a table with its verdicts and these fields, null for all. What is kept is not read from the events:
 * the engine would ask them a condition on it before it looks which of them match.
 */
export function matchesWith(selection: Selection, read: readonly string[] | null): string {
  const { place, verdicts, fields, columns: kept } = selection;
  const table = tableNamed(place);
  if (read?.every((field) => fields.has(field))) return table;
  const own = [...kept, ...verdicts].map(({ name }) => quoteName(name));
  const columns = [
    `events.* EXCLUDE (${kept.map(({ name }) => quoteName(name)).join(', ')})`,
    ...own.map((name) => `kept.${name}`),
  ].join(', ');
  return `(SELECT ${columns} FROM events JOIN ${table} AS kept USING (seq))`;
}
