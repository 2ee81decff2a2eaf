import type { AlertTables } from './alerts.ts';
import type { ConsoleTables } from './console.ts';
import type { ExceptionTables } from './exceptions.ts';
import type { IngestTables } from './ingest.ts';
import type { RuleTables } from './rules.ts';

/**
 * The console's own records. Ids are text, times ISO 8601 UTC text, so that they sort as they are; structured values are
 * JSON text behind a `jsonColumn`, truth values 0 or 1. Column names are camel case here, snake case in the database.
 */
export interface Tables extends AlertTables, ConsoleTables, ExceptionTables, IngestTables, RuleTables {}
