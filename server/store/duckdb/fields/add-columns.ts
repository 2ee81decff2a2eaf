import type { Field } from '#shared/event/field.ts';
import { countOf, type Session } from '../connection.ts';
import { writeLayout } from '../layout.ts';
import { fieldColumns } from '../load/field-columns.ts';
import { columnType, type Layout } from '../load/schema.ts';
import { eventTables, unregisterAll } from '../matches/registry.ts';
import { quoteName } from '../sql/identifier.ts';
import { DERIVED, READ_VALUES, readColumns } from './read-again.ts';

export interface Columns {
  readonly before: Layout;
  readonly after: Layout;
  /** Fields whose values stand in `READ_VALUES`; null where no event has been read again. */
  readonly read: readonly Field[] | null;
}

/** Makes the tables of one layout those of another, in the session's transaction, in which nobody else writes. */
export async function addColumns(session: Session, { before, after, read }: Columns): Promise<void> {
  const [had, has] = [fieldColumns(before.catalogue), fieldColumns(after.catalogue)];
  const moved = [...had].filter(([name, column]) => has.get(name) !== column);
  const isGrown = (read ?? []).some(({ name }) => had.has(name));
  // Tables of matches have copies of these columns.
  if (moved.length > 0 || isGrown) await unregisterAll(session);
  for (const [name, column] of moved) {
    await session.run(`ALTER TABLE events RENAME COLUMN ${quoteName(column)} TO ${columnIn(has, name)}`);
  }
  for (const field of after.catalogue.fields) {
    if (!had.has(field.name))
      await session.run(`ALTER TABLE events ADD COLUMN ${columnIn(has, field.name)} ${columnType(field)}`);
  }
  if (read) await takeValues(session, read, has);
  await writeLayout(session, after);
}

const columnIn = (columns: ReadonlyMap<string, string>, name: string): string => quoteName(columns.get(name) ?? name);

async function takeValues(
  session: Session,
  read: readonly Field[],
  columns: ReadonlyMap<string, string>,
): Promise<void> {
  const from = readColumns(read);
  const values = read.map(({ name }) => `${columnIn(columns, name)} = found.${columnIn(from, name)}`);
  const [row] = await session.rows(
    `SELECT count(*) AS events, ${DERIVED.map((name) => `count(${name}) AS ${name}`).join(', ')} FROM ${READ_VALUES}`,
  );
  if (countOf(row?.['events']) === 0) return;
  const derived = DERIVED.filter((name) => countOf(row?.[name]) > 0);
  const set = [
    ...values,
    ...derived.map((name) => (name === 'spill' ? SPILL : `${name} = coalesce(found.${name}, old.${name})`)),
  ];
  await session.run(
    `UPDATE events AS old SET ${set.join(', ')} FROM ${READ_VALUES} AS found WHERE old.seq = found.seq`,
  );
  if (!derived.includes('spill')) return;
  for (const table of (await eventTables(session)).filter((name) => name !== 'events')) {
    await session.run(
      `UPDATE ${table} AS old SET ${SPILL} FROM ${READ_VALUES} AS found WHERE old.seq = found.seq AND found.spill IS NOT NULL`,
    );
  }
}

/** What spilled of other fields stays. */
const SPILL = `spill = CASE WHEN found.spill IS NULL OR old.spill IS NULL THEN coalesce(found.spill, old.spill)
  ELSE json_merge_patch(old.spill, found.spill) END`;
