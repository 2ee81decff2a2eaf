import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBMaterializedResult,
  type DuckDBValue,
  type JS,
  JSDuckDBValueConverter,
} from '@duckdb/node-api';
import { assert } from '#shared/base/assert.ts';
import { rowsOf } from './result.ts';

/** One row: BIGINT as bigint, INTEGER and DOUBLE as number, TIMESTAMP as Date, lists as arrays, NULL as null. */
export type SqlRow = Readonly<Record<string, JS>>;
/** The values of a column, row by row; they are as in a row. */
export type SqlColumn = readonly JS[];
export type SqlValue = DuckDBValue;
/** Parameters by position (`$1`) or by name (`$first`). */
export type SqlValues = readonly SqlValue[] | Readonly<Record<string, SqlValue>>;

export interface StatementOptions {
  /** Interrupts the statement; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called now and then while the statement runs: 0 to 1 of its work, as far as the engine can tell. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** A line to the database: one statement at a time, a transaction and temporary tables of its own. */
export interface Session {
  /** Runs a statement and gives the number of rows that it changed. */
  run(sql: string, values?: SqlValues, options?: StatementOptions): Promise<number>;
  rows(sql: string, values?: SqlValues, options?: StatementOptions): Promise<readonly SqlRow[]>;
  /** A list of values for each of the statement's columns: for answers with many rows. */
  columns(sql: string, options?: StatementOptions): Promise<readonly SqlColumn[]>;
  /** Appends rows to a table, a value for each of its columns. */
  fill(table: string, rows: readonly (readonly (number | Buffer)[])[]): Promise<void>;
  close(): void;
}

export interface Database {
  session(): Promise<Session>;
  /** Closes the file. Sessions must be closed before. */
  close(): void;
}

export interface DatabaseOptions {
  /** A file, or `:memory:`. */
  readonly path: string;
  /** As DuckDB writes sizes: `1GB`. The process takes 100 to 300 MB more at its peak. */
  readonly memoryLimit?: string | undefined;
  /** Folder for what does not fit in memory; DuckDB's own choice beside the file if absent. */
  readonly spillFolder?: string | undefined;
}

/**
 * Opens a database. One process opens a file **once**: a second instance of the same file in one process opens without
 * an error and loses data.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const instance = await DuckDBInstance.create(options.path, {
    storage_compatibility_version: 'latest',
    // Written to the file in small pieces: with four times as much at once, alerts of a stream waited for seconds.
    checkpoint_threshold: '128MB',
    ...(options.memoryLimit && { memory_limit: options.memoryLimit }),
    ...(options.spillFolder && { temp_directory: options.spillFolder }),
  });
  return {
    session: async () => openSession(await instance.connect()),
    close: () => instance.closeSync(),
  };
}

const MEASURING = 'SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET progress_bar_time = 0';

async function openSession(connection: DuckDBConnection): Promise<Session> {
  await connection.run("SET TimeZone = 'UTC'");
  let isMeasuring = false;
  const read = async (sql: string, values: SqlValues = [], options: StatementOptions = {}) => {
    // Never prepared to be asked again: a plan keeps what the tables' statistics said, and misses rows that came since. Where
    // nothing is bound, one call does it all.
    const bound = isList(values) ? [...values] : { ...values };
    // Only where somebody looks: the engine asks itself how far it is after every piece of work.
    if (options.onProgress && !isMeasuring) {
      isMeasuring = true;
      await connection.run(MEASURING);
    }
    return watched(connection, options, () => connection.run(sql, Object.keys(bound).length > 0 ? bound : undefined));
  };
  return {
    run: async (sql, values, options) => (await read(sql, values, options)).rowsChanged,
    rows: async (sql, values, options) => {
      const answer = await read(sql, values, options);
      return rowsOf(columnsOf(answer), answer.deduplicatedColumnNames());
    },
    columns: async (sql, options) => columnsOf(await read(sql, [], options)),
    fill: async (table, rows) => {
      // An appender does not look where the session looks first: parts that gather would end among the store's own rows.
      const [[place] = []] = columnsOf(await read('SELECT current_schema()'));
      assert(typeof place === 'string', 'a session has a schema');
      const appender = await connection.createAppender(table, place);
      for (const row of rows) {
        for (const value of row) {
          if (typeof value === 'number') appender.appendInteger(value);
          else appender.appendBlob(value);
        }
        appender.endRow();
      }
      appender.closeSync();
    },
    close: () => connection.closeSync(),
  };
}

/**
 * An answer is whole when it comes: to fetch its parts by promises, as the library's readers do, would be a way to another thread
 * each. A column at a time takes half as long as a row.
 */
function columnsOf(answer: DuckDBMaterializedResult): readonly SqlColumn[] {
  const parts = Array.from({ length: answer.chunkCount }, (_, part) => answer.getChunk(part));
  return Array.from({ length: answer.columnCount }, (_, column) =>
    parts.flatMap((part) => part.convertColumnValues(column, JSDuckDBValueConverter)),
  );
}

const isList = (values: SqlValues): values is readonly SqlValue[] => Array.isArray(values);

const PROGRESS_EVERY_MS = 200;
/** An interrupt that comes before the engine has begun is lost: it is repeated until the statement ends. */
const INTERRUPT_EVERY_MS = 20;

/** Runs a statement under a signal and reports its progress; always takes its listener and timer down again. */
async function watched<Value>(
  connection: DuckDBConnection,
  { signal, onProgress }: StatementOptions,
  statement: () => Promise<Value>,
): Promise<Value> {
  signal?.throwIfAborted();
  let again: ReturnType<typeof setInterval> | undefined;
  const interrupt = () => {
    connection.interrupt();
    again ??= setInterval(() => connection.interrupt(), INTERRUPT_EVERY_MS);
  };
  signal?.addEventListener('abort', interrupt);
  const report = () => onProgress?.(Math.max(0, Math.min(1, connection.progress.percentage / 100)));
  const timer = onProgress && setInterval(report, PROGRESS_EVERY_MS);
  try {
    return await statement();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    clearInterval(timer);
    clearInterval(again);
    signal?.removeEventListener('abort', interrupt);
  }
}

/** Runs the work in a transaction: committed when it succeeds, rolled back when it throws. */
export async function inTransaction<Value>(session: Session, work: () => Promise<Value>): Promise<Value> {
  await session.run('BEGIN');
  try {
    const value = await work();
    await session.run('COMMIT');
    return value;
  } catch (error) {
    await session.run('ROLLBACK');
    throw error;
  }
}

/** A BIGINT of a row as a number; the program keeps all its counts below 2^53. */
export const countOf = (value: JS | undefined): number => Number(value ?? 0);
