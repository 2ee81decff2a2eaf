import { catalogueOf, type Field } from '#shared/event/field.ts';
import { mergeFields } from '#shared/event/merge-fields.ts';
import type { Session } from './connection.ts';
import { eventColumns, type Layout } from './load/schema.ts';
import { textIn } from './result.ts';

/** Raised whenever the tables change, or what is read from a record, in a way that their columns do not show. */
const VERSION = 2;

/**
 * How the tables of a file are laid out: like `wanted`, which is written down where the file is new, or with more fields or fewer. Null
 * where they are otherwise, so that the records must be read again (`rebuildStore`): the file is of another version, or its
 * fields have other types.
 */
export async function claimLayout(session: Session, wanted: Layout): Promise<Layout | null> {
  const written = await writtenLayout(session);
  if (written === null) {
    await session.run('CREATE TABLE layout (description VARCHAR NOT NULL, fields VARCHAR)');
    await session.run('INSERT INTO layout VALUES ($1, $2)', [describe(wanted), fieldsText(wanted)]);
    return wanted;
  }
  // A file that does not say which fields it has can only be told to have those wanted.
  const fields = written.fields ?? wanted.catalogue.fields;
  const found = { ...wanted, catalogue: catalogueOf(fields) };
  const isAlike = written.description === describe(found);
  return isAlike && mergeFields(fields, wanted.catalogue.fields).otherwise.length === 0 ? found : null;
}

/** Writes down that the tables are now laid out so. */
export async function writeLayout(session: Session, layout: Layout): Promise<void> {
  await session.run('ALTER TABLE layout ADD COLUMN IF NOT EXISTS fields VARCHAR');
  await session.run('UPDATE layout SET description = $1, fields = $2', [describe(layout), fieldsText(layout)]);
}

interface Written {
  readonly description: string;
  readonly fields: readonly Field[] | null;
}

/** The fields that a file says it has; none where it does not say. */
export const writtenFields = async (session: Session): Promise<readonly Field[]> =>
  (await writtenLayout(session))?.fields ?? [];

async function writtenLayout(session: Session): Promise<Written | null> {
  const [table] = await session.rows(
    `SELECT 1 FROM duckdb_tables() WHERE database_name = current_database() AND table_name = 'layout'`,
  );
  if (!table) return null;
  const [row] = await session.rows('SELECT * FROM layout');
  if (!row) return null;
  const fields = row['fields'] ?? null;
  return { description: textIn(row['description']), fields: fields === null ? null : fieldsIn(textIn(fields)) };
}

/** Written by `fieldsText`. */
function fieldsIn(text: string): readonly Field[] {
  const fields: readonly Field[] = JSON.parse(text);
  return fields;
}

const fieldsText = ({ catalogue }: Layout): string => JSON.stringify(catalogue.fields);

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
