import type { KeptMatches } from '#server/store/event-store.ts';
import { countOf, type Session } from '../connection.ts';
import { nextNumber } from '../load/numbers.ts';
import type { Layout } from '../load/schema.ts';
import { textIn } from '../result.ts';
import { quoteName, quoteText } from '../sql/identifier.ts';
import { matchingSql } from './matching-sql.ts';
import { matchesWith } from './narrowed.ts';
import { type Registered, register, registeredMatches, unregister } from './registry.ts';
import { type Selection, TABLE_PREFIX, tableNamed } from './selection.ts';

export interface Filling {
  /** In a transaction. */
  readonly session: Session;
  readonly layout: Layout;
  /** Fields that have spilled in any event, those of the transaction too. */
  readonly spilled: ReadonlySet<string>;
  readonly signal: AbortSignal | undefined;
}

/** Beyond this share of the events, reading their matches is hardly less than reading all, and keeping them is a burden. */
const LARGEST_SHARE = 0.25;
/** Of so few events any share is small. */
const FEW_EVENTS = 20_000;

/** Makes a selection's table whole: looks at new events, or makes the table anew where it is not `trusted` and wrong. */
export async function bringUp(filling: Filling, selection: Selection, trusted: boolean): Promise<KeptMatches> {
  const { session } = filling;
  const { digest, place } = selection;
  const known = (await registeredMatches(session)).find((entry) => entry.digest === digest);
  const isWhole = known && (trusted || (await holdsOnlyEvents(session, place)));
  if (!isWhole) await makeEmpty(session, selection);
  const start = isWhole ? known : { next: 0, found: 0 };
  if (!(await takeIn(filling, selection, start))) return { kept: false, reason: 'too many' };
  const [row] = await session.rows(`SELECT count(*) AS events FROM ${tableNamed(place)}`);
  return { kept: true, events: countOf(row?.['events']) };
}

/** Adds the matches among the events from `next` on; where they become too many, the table is given up: false. */
export async function takeIn(
  filling: Filling,
  selection: Selection,
  { next, found }: Pick<Registered, 'next' | 'found'>,
): Promise<boolean> {
  const { session, signal } = filling;
  const { digest, place } = selection;
  const end = countOf(await nextNumber(session));
  const room = Math.max(FEW_EVENTS, Math.floor(LARGEST_SHARE * (end - 1))) - found;
  const added = await findMatches(filling, selection, next, room + 1);
  if (added > room) {
    await unregister(session, digest);
    return false;
  }
  if (added > 0) await session.run(copySql(selection), { next: BigInt(next) }, { signal });
  await register(session, { digest, place, next: end, found: found + added });
  return true;
}

/** Puts the numbers of matches, with the verdicts on them, into `matching`, at most so many: whether there are too many is known before they are written. */
async function findMatches(
  { session, signal, spilled, layout }: Filling,
  selection: Selection,
  first: number,
  atMost: number,
): Promise<number> {
  const found = matchingSql(selection, first, { catalogue: layout.catalogue, spilled, now: 0 });
  await session.run(
    `CREATE OR REPLACE TEMP TABLE matching AS SELECT * FROM (${found}) LIMIT ${Math.max(0, atMost)}`,
    [],
    { signal },
  );
  const [row] = await session.rows('SELECT count(*) AS events FROM matching');
  return countOf(row?.['events']);
}

function copySql({ place, columns, verdicts, fields, among }: Selection): string {
  const names = [
    ...columns.map(({ name }) => `source.${quoteName(name)}`),
    ...verdicts.map(({ name }) => `matching.${quoteName(name)}`),
  ];
  const source = among ? matchesWith(among, [...fields]) : 'events';
  return `INSERT INTO ${tableNamed(place)} BY NAME
    SELECT ${names.join(', ')} FROM ${source} AS source JOIN matching USING (seq) WHERE source.seq >= $next ORDER BY seq`;
}

async function makeEmpty(session: Session, { digest, place, columns, verdicts }: Selection): Promise<void> {
  await unregister(session, digest);
  const kept = [...columns, ...verdicts.map(({ name }) => ({ name, type: 'BOOLEAN' }))];
  const lines = kept.map(({ name, type }) => `${quoteName(name)} ${type}`);
  await session.run(`CREATE OR REPLACE TABLE ${tableNamed(place)} (${lines.join(', ')})`);
}

/** Whether a table of matches is there, and each of its events is: another program may have removed some. */
async function holdsOnlyEvents(session: Session, place: string): Promise<boolean> {
  if (!(await tablesOfMatches(session)).includes(tableNamed(place))) return false;
  const strangers = await session.rows(
    `SELECT 1 FROM ${tableNamed(place)} AS kept ANTI JOIN events USING (seq) LIMIT 1`,
  );
  return strangers.length === 0;
}

/** Drops the tables of all other selections, also those that a crash or another program left. */
export async function dropAllBut(session: Session, selections: readonly Selection[]): Promise<void> {
  const kept = new Set(selections.map(({ digest }) => digest));
  for (const { digest } of await registeredMatches(session)) if (!kept.has(digest)) await unregister(session, digest);
  const tables = new Set(selections.map(({ place }) => tableNamed(place)));
  for (const table of await tablesOfMatches(session)) if (!tables.has(table)) await session.run(`DROP TABLE ${table}`);
}

async function tablesOfMatches(session: Session): Promise<readonly string[]> {
  const rows = await session.rows(
    `SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, ${quoteText(TABLE_PREFIX)}) AND NOT temporary`,
  );
  return rows.map((row) => quoteName(textIn(row['table_name'])));
}
