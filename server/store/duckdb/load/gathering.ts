import type { Session } from '../connection.ts';
import type { FirstNumber } from './insert.ts';
import type { Job } from './job.ts';
import { createTables, type Layout } from './schema.ts';

/**
 * Where the parts of a batch wait until all have come: tables like those of the store, in a schema that no question looks into.
 * Each part is stored there by the same statements as any append, because the session looks there first.
 */
const SCHEMA = 'gathering';

/** Makes it, empty. */
export async function beginGathering(session: Session, layout: Layout): Promise<void> {
  await endGathering(session);
  await session.run(`CREATE SCHEMA ${SCHEMA}`);
  await lookIntoGathering(session);
  await createTables(session, layout);
}

/** From now on, tables of this session are those that gather. */
export async function lookIntoGathering(session: Session): Promise<void> {
  await session.run(`SET search_path = '${SCHEMA}'`);
}

/** Puts all that was gathered behind the events of the store; gives how many they are. */
export async function takeGathered({ session, layout, options }: Job, first: FirstNumber): Promise<number> {
  const { signal } = options;
  if (layout.keepText) await session.run(`INSERT INTO texts SELECT * FROM ${SCHEMA}.texts`, [], { signal });
  return session.run(
    `INSERT INTO events BY NAME SELECT * REPLACE ($first + seq - 1 AS seq) FROM ${SCHEMA}.events`,
    { first },
    { signal },
  );
}

/** Takes it away with all that is in it. */
export async function endGathering(session: Session): Promise<void> {
  await session.run(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
}
