import type { Session } from './connection.ts';
import { eventColumns, type Layout } from './load/schema.ts';
import { textIn } from './result.ts';

/** Raised whenever the tables change in a way that their columns do not show. */
const VERSION = 1;

/**
 * Writes into a new file how its tables are laid out; false where the file is laid out otherwise. A column cannot be filled from
 * records that were read without it: the records must be read again (`rebuildStore`).
 */
export async function claimLayout(session: Session, layout: Layout): Promise<boolean> {
  const written = await layoutOf(session);
  const wanted = describe(layout);
  if (written !== null) return written === wanted;
  await session.run('CREATE TABLE layout (description VARCHAR NOT NULL)');
  await session.run('INSERT INTO layout VALUES ($1)', [wanted]);
  return true;
}

async function layoutOf(session: Session): Promise<string | null> {
  const [table] = await session.rows(
    `SELECT 1 FROM duckdb_tables() WHERE database_name = current_database() AND table_name = 'layout'`,
  );
  if (!table) return null;
  const [row] = await session.rows('SELECT description FROM layout');
  return row ? textIn(row['description']) : null;
}

/** Columns with their types, and what of a value is kept: everything that decides what a stored row means. */
const describe = (layout: Layout): string =>
  JSON.stringify({
    version: VERSION,
    columns: eventColumns(layout).map(({ name, type }) => [name, type]),
    fields: layout.catalogue.fields.map(({ name, type, ignoreAbove, source, fields }) => [
      ...[name, type, ignoreAbove ?? null],
      ...(source === undefined ? [] : [source]),
      ...(fields ?? []),
    ]),
  });
