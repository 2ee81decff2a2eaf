import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { type LineBlock, lineBlocks, linesOfBlock } from '#server/store/records/line-blocks.ts';
import { MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import { countOf, type Session } from '../connection.ts';
import type { Job } from './job.ts';

/** Of a file's lines that are compressed together: small enough to open for the sake of one record. */
const BLOCK_BYTES = 256 * 1024;

/** Blocks that are compressed side by side and stored at once. */
const GROUP = 16;

/** Groups that wait to be stored at most: of 128 MB of text. */
const GROUPS_AHEAD = 32;

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** The lowest quality with a large window: seven of eight bytes gone at the price of a tenth of the load. */
const PACKING = { params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 19 } };

/** The place of the batch's next record: where all of its earlier ones end, should it have come before. */
export async function nextPlace({ session, batch }: Job): Promise<number> {
  const [row] = await session.rows('SELECT max(place + lines) AS next FROM texts WHERE batch = $1', [batch.id]);
  return countOf(row?.['next']);
}

/** A block of whole lines as it is stored. */
interface PackedBlock {
  readonly lines: number;
  readonly packed: Buffer;
}

/** The packed lines of a file, in groups; to be destroyed in the end. */
export type PackedTexts = Readable;

/**
 * Begins to pack the records of a file as they came, also those that will be refused, in blocks of whole lines: beside the reading
 * of their values, which leaves the processors something to spare.
 */
export function packTexts(path: string, signal: AbortSignal | undefined): PackedTexts {
  const groups = Readable.from(packedGroups(path, signal), { highWaterMark: GROUPS_AHEAD });
  // Thrown where they are stored; where they are not, there is something else to tell.
  groups.on('error', () => undefined);
  groups.read(0);
  return groups;
}

async function* packedGroups(path: string, signal: AbortSignal | undefined): AsyncGenerator<readonly PackedBlock[]> {
  let group: LineBlock[] = [];
  const pack = () => Promise.all(group.map(packedBlock));
  for await (const block of lineBlocks(path, BLOCK_BYTES, MAX_RECORD_BYTES, signal)) {
    group.push(block);
    if (group.length < GROUP) continue;
    yield await pack();
    group = [];
  }
  if (group.length > 0) yield await pack();
}

const packedBlock = async ({ bytes, lines }: LineBlock): Promise<PackedBlock> => ({
  lines,
  packed: await compress(bytes, PACKING),
});

/**
 * Stores what was packed. An event's `place` among the batch's lines leads to its text (`readTexts`). Beside the events instead of
 * in their rows: the engine has less to carry, and ten times less to write before a commit.
 */
export async function keepTexts({ session, batch }: Job, texts: PackedTexts, first: number): Promise<void> {
  let place = first;
  for await (const group of texts as AsyncIterable<readonly PackedBlock[]>) {
    const rows = group.map(({ lines, packed }) => {
      const row = [batch.id, place, lines, packed] as const;
      place += lines;
      return row;
    });
    await session.fill('texts', rows);
  }
}

/** Where the text of an event is. */
export interface TextPlace {
  readonly batch: number;
  readonly place: number;
}

/** Texts of records by place, in that order; empty where there is none. */
export async function readTexts(
  session: Session,
  places: readonly TextPlace[],
  table = 'texts',
): Promise<readonly string[]> {
  const texts = new Map(places.map((place) => [keyOf(place), '']));
  for (const row of await session.rows(blocksSql(table), [JSON.stringify(places)])) {
    const [batch, first] = [countOf(row['batch']), countOf(row['place'])];
    for (const [index, line] of linesOfBlock(await decompress(row['bytes'] as Buffer)).entries()) {
      const key = keyOf({ batch, place: first + index });
      if (texts.has(key)) texts.set(key, textOf(line));
    }
  }
  return places.map((place) => texts.get(keyOf(place)) ?? '');
}

/** A record's text where it is. */
export interface PlacedText extends TextPlace {
  readonly text: Buffer;
}

/**
 * Texts of the events with these numbers, of those blocks and lines alone that are wanted, and maybe of others that stand beside
 * them; and how many of the events have none. Where few are wanted it costs little more than to unpack the blocks.
 */
export async function textsBetween(
  session: Session,
  [first, last]: readonly [number, number],
  isWanted: (text: Buffer) => boolean,
): Promise<{ readonly texts: readonly PlacedText[]; readonly missing: number }> {
  const held = await session.rows(HELD_SQL, [BigInt(first), BigInt(last)]);
  const ids = held.flatMap(({ block }) => (block === null ? [] : [countOf(block)]));
  const missing = held.reduce((sum, row) => sum + countOf(row['missing']), 0);
  const blocks = await session.rows(
    `SELECT batch, place, bytes FROM main.texts WHERE rowid IN (${ids.join(', ') || 'NULL'})`,
  );
  const texts = await Promise.all(
    blocks.map(async (row): Promise<readonly PlacedText[]> => {
      const block = await decompress(row['bytes'] as Buffer);
      if (!isWanted(block)) return [];
      const [batch, place] = [countOf(row['batch']), countOf(row['place'])];
      return linesOfBlock(block).flatMap((line, index) =>
        isWanted(line) ? [{ batch, place: place + index, text: bareOf(line) }] : [],
      );
    }),
  );
  return { texts: texts.flat(), missing };
}

/** The blocks that hold the texts of events, and how many events of each, or of none, have no text. */
const HELD_SQL = `SELECT blocks.rowid AS block, count(*) FILTER (blocks.place IS NULL OR wanted.place >= blocks.place + blocks.lines) AS missing
  FROM (SELECT batch, place FROM main.events WHERE seq BETWEEN $1 AND $2) AS wanted
  ASOF LEFT JOIN main.texts AS blocks ON wanted.batch = blocks.batch AND wanted.place >= blocks.place
  GROUP BY blocks.rowid`;

/** Of a place, to be found by. */
export const keyOf = ({ batch, place }: TextPlace): string => `${batch}:${place}`;

/** Rows are found without their bytes, and only theirs are read. */
const blocksSql = (table: string): string => `SELECT batch, place, bytes FROM ${table} WHERE rowid IN (
  SELECT blocks.rowid
  FROM (SELECT unnest(from_json($1, '[{"batch":"INTEGER","place":"INTEGER"}]'), recursive := true)) AS wanted
  ASOF JOIN ${table} AS blocks ON wanted.batch = blocks.batch AND wanted.place >= blocks.place
)`;

const MARK = Buffer.from('\ufeff');

/** A byte order mark at the start of a file is none of the record's. */
const bareOf = (line: Buffer): Buffer =>
  line.subarray(0, MARK.length).equals(MARK) ? line.subarray(MARK.length) : line;

const textOf = (line: Buffer): string => bareOf(line).toString('utf8');

/** Deletes the texts of batches or parts of them that no event is left of. */
export async function dropUnusedTexts(session: Session): Promise<void> {
  await session.run(`DELETE FROM texts WHERE rowid NOT IN (
    SELECT texts.rowid
    FROM texts JOIN (SELECT batch, min(place) AS first, max(place) AS last FROM events GROUP BY batch) AS used
    ON texts.batch = used.batch AND texts.place <= used.last AND texts.place + texts.lines > used.first
  )`);
}
