import { countOf, type Session } from '../connection.ts';
import { textIn } from '../result.ts';
import { tableNamed } from './selection.ts';

/** A table of matches that is whole up to a number; one that is not registered is never read. */
export interface Registered {
  readonly digest: string;
  /** Names its table: the digest, or that of an earlier filter whose table it took over. */
  readonly place: string;
  /** Number of the event after those looked at. */
  readonly next: number;
  /** Matches ever found. */
  readonly found: number;
}

export async function createRegistry(session: Session): Promise<void> {
  await session.run(
    'CREATE TABLE IF NOT EXISTS kept_matches (digest VARCHAR NOT NULL, next_seq BIGINT NOT NULL, found BIGINT NOT NULL)',
  );
  await session.run('ALTER TABLE kept_matches ADD COLUMN IF NOT EXISTS place VARCHAR');
}

/** As of the session's transaction. */
export async function registeredMatches(session: Session): Promise<readonly Registered[]> {
  const rows = await session.rows('SELECT digest, coalesce(place, digest) AS place, next_seq, found FROM kept_matches');
  return rows.map((row) => ({
    digest: textIn(row['digest']),
    place: textIn(row['place']),
    next: countOf(row['next_seq']),
    found: countOf(row['found']),
  }));
}

export async function register(session: Session, { digest, place, next, found }: Registered): Promise<void> {
  await session.run('DELETE FROM kept_matches WHERE digest = $1', [digest]);
  await session.run('INSERT INTO kept_matches (digest, place, next_seq, found) VALUES ($1, $2, $3, $4)', [
    ...[digest, place, BigInt(next), BigInt(found)],
  ]);
}

/** The table stays for now, as something may be reading or writing it. */
export async function unregister(session: Session, digest: string): Promise<void> {
  await session.run('DELETE FROM kept_matches WHERE digest = $1', [digest]);
}

/** Gives all of them up. */
export async function unregisterAll(session: Session): Promise<void> {
  await session.run('DELETE FROM kept_matches');
}

/** Tables that hold rows of events, from all of which an event goes that goes. */
export const eventTables = async (session: Session): Promise<readonly string[]> => [
  'events',
  ...(await registeredMatches(session)).map(({ place }) => tableNamed(place)),
];
