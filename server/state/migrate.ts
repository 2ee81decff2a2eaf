import { type Kysely, sql } from 'kysely';
import { up as firstRecords } from './migrations/001-first-records.ts';
import { up as streams } from './migrations/002-streams.ts';
import { up as savedSearches } from './migrations/003-saved-searches.ts';
import { up as customRules } from './migrations/004-custom-rules.ts';
import { up as sourceSettings } from './migrations/005-source-settings.ts';
import { up as queue } from './migrations/006-queue.ts';
import { up as exceptions } from './migrations/007-exceptions.ts';
import { up as guides } from './migrations/008-guides.ts';
import { up as exceptionImports } from './migrations/009-exception-imports.ts';
import { up as staleAnswers } from './migrations/010-stale-answers.ts';
import { up as ruleVersions } from './migrations/011-rule-versions.ts';
import { up as ruleStanding } from './migrations/012-rule-standing.ts';
import { up as deletedExceptions } from './migrations/013-deleted-exceptions.ts';
import { up as alertsByAge } from './migrations/014-alerts-by-age.ts';
import { up as waitingChanges } from './migrations/015-waiting-changes.ts';

interface Migration {
  readonly name: string;
  readonly up: (db: Kysely<unknown>) => Promise<void>;
}

/** In order, forward only; a migration that was released is never edited. Its number is its place here, from 1. */
const MIGRATIONS: readonly Migration[] = [
  { name: 'first-records', up: firstRecords },
  { name: 'streams', up: streams },
  { name: 'saved-searches', up: savedSearches },
  { name: 'custom-rules', up: customRules },
  { name: 'source-settings', up: sourceSettings },
  { name: 'queue', up: queue },
  { name: 'exceptions', up: exceptions },
  { name: 'guides', up: guides },
  { name: 'exception-imports', up: exceptionImports },
  { name: 'stale-answers', up: staleAnswers },
  { name: 'rule-versions', up: ruleVersions },
  { name: 'rule-standing', up: ruleStanding },
  { name: 'deleted-exceptions', up: deletedExceptions },
  { name: 'alerts-by-age', up: alertsByAge },
  { name: 'waiting-changes', up: waitingChanges },
];

/** Number of the newest migration: what `PRAGMA user_version` of a current database says. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings a database of any age to this program's schema, each migration in its own transaction. Refuses one that a newer
 * program has written.
 */
export async function migrate(db: Kysely<unknown>): Promise<void> {
  const present = await schemaVersion(db);
  if (present > SCHEMA_VERSION) {
    throw new Error(
      `The data folder was written by a newer version (schema ${present}, this one knows ${SCHEMA_VERSION}).`,
    );
  }
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < present) continue;
    await db.transaction().execute(async (transaction) => {
      await migration.up(transaction);
      await sql`pragma user_version = ${sql.lit(index + 1)}`.execute(transaction);
    });
  }
}

async function schemaVersion(db: Kysely<unknown>): Promise<number> {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db);
  return rows[0]?.user_version ?? 0;
}
