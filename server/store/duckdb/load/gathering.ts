import type { Session } from '../connection.ts';
import { dropAside, lookAside, makeAside } from './aside.ts';
import type { FirstNumber } from './insert.ts';
import type { Job } from './job.ts';
import type { Layout } from './schema.ts';

/** Where the parts of a batch wait until all have come. */
const SCHEMA = 'gathering';

/** Makes it, empty. */
export const beginGathering = (session: Session, layout: Layout): Promise<void> => makeAside(session, SCHEMA, layout);

/** From now on, tables of this session are those that gather. */
export const lookIntoGathering = (session: Session): Promise<void> => lookAside(session, SCHEMA);

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
export const endGathering = (session: Session): Promise<void> => dropAside(session, SCHEMA);
