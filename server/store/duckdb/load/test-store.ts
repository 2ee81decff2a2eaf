import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppendOptions, AppendReport, Reject } from '#server/store/event-store.ts';
import { parseRecord } from '#server/store/records/parse-record.ts';
import { ordered } from '#shared/evaluate/aggregates.ts';
import type { FlatDocument } from '#shared/event/document.ts';
import type { FieldCatalogue, FieldType } from '#shared/event/field.ts';
import type { Scalar } from '#shared/plan/value.ts';
import { openDatabase, type Session, type SqlRow } from '../connection.ts';
import { createLoader } from './append.ts';
import { createTables } from './schema.ts';

export type TestReport = AppendReport & { readonly rejects: readonly Reject[] };

/** An empty database with the loader on it, for tests. */
export interface TestStore {
  readonly session: Session;
  /** Appends a file of these bytes. */
  append(content: string | Uint8Array, options?: AppendOptions): Promise<TestReport>;
  appendPath(path: string, options?: AppendOptions): Promise<TestReport>;
  /** The stored events in order. */
  events(): Promise<readonly SqlRow[]>;
  close(): Promise<void>;
}

interface TestStoreOptions {
  readonly keepText?: boolean;
  readonly path?: string;
  /** Of its batches; 1 if absent. */
  readonly first?: number;
}

export async function openTestStore(
  catalogue: FieldCatalogue,
  { keepText = true, path = ':memory:', first = 1 }: TestStoreOptions = {},
): Promise<TestStore> {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-test-'));
  const database = await openDatabase({ path });
  const session = await database.session();
  const layout = { catalogue, keepText };
  await createTables(session, layout);
  const loader = createLoader(database, layout);
  let batch = first - 1;
  const appendPath = async (path: string, options: AppendOptions = {}): Promise<TestReport> => {
    batch += 1;
    const rejects: Reject[] = [];
    const onReject = (reject: Reject) => rejects.push(reject);
    return { ...(await loader.append({ id: batch, path }, { onReject, ...options })), rejects };
  };
  return {
    session,
    appendPath,
    append: async (content, options) => {
      const file = join(folder, `records-${batch}`);
      await writeFile(file, content);
      return appendPath(file, options);
    },
    events: () => session.rows('SELECT * FROM events ORDER BY seq'),
    close: async () => {
      session.close();
      database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A stored row's values as `flatten` gives them. */
export function flatOf(row: SqlRow, catalogue: FieldCatalogue): ReadonlyMap<string, readonly Scalar[]> {
  const spilled = parseRecord(String(row['spill'] ?? '{}'));
  const spill = spilled.ok ? (spilled.value as Readonly<Record<string, readonly Scalar[]>>) : {};
  const flat = new Map<string, readonly Scalar[]>();
  for (const { name, type } of catalogue.fields) {
    const cell = row[name];
    const values = cell === null || cell === undefined ? spill[name] : Array.isArray(cell) ? cell : [cell];
    if (values) flat.set(name, inOrder(type, values.map(type === 'double' ? Number : scalarOf)));
  }
  return flat;
}

/** Addresses are stored in the order of their texts. */
const inOrder = (type: FieldType, values: readonly Scalar[]): readonly Scalar[] =>
  type === 'ip' ? ordered(values, 'ip') : values;

function scalarOf(value: unknown): Scalar {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  return value as Scalar;
}

/** The engine's JavaScript interface drops a byte order mark at the start of a text; it is in the store all the same. */
export const asRead = (flat: FlatDocument): FlatDocument =>
  new Map(
    [...flat].map(([name, values]) => [
      name,
      values.map((value) => (typeof value === 'string' ? value.replace(/^\ufeff/, '') : value)),
    ]),
  );
