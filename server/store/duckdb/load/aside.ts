import type { Session } from '../connection.ts';
import { createTables, type Layout } from './schema.ts';

/**
 * Tables like those of the store, in a schema that no question looks into: records go there by the same statements as into the
 * store's own, because a session can be told to look there first.
 */
export async function makeAside(session: Session, schema: string, layout: Layout): Promise<void> {
  await dropAside(session, schema);
  await session.run(`CREATE SCHEMA ${schema}`);
  await lookAside(session, schema);
  await createTables(session, layout);
}

/** From now on, tables of this session are those of the schema. */
export async function lookAside(session: Session, schema: string): Promise<void> {
  await session.run(`SET search_path = '${schema}'`);
}

/** Takes it away with all that is in it. */
export async function dropAside(session: Session, schema: string): Promise<void> {
  await session.run(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
}
