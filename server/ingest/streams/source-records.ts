import type { StateTransaction } from '#server/state/open-state.ts';
import { formatInstant } from '#shared/base/time.ts';
import type { Tally } from './stream-tally.ts';

/** Most that is kept of a source's rejects within a day; beyond, they are only counted. */
const KEPT_REJECTS = 10_000;
const KEPT_BYTES = 16 * 1024 * 1024;
const CHUNK = 500;

/** Adds what a segment brought to a source's record; to be called once a segment, in the transaction that ends it. */
export async function recordTally(
  transaction: StateTransaction,
  id: string,
  segment: number,
  tally: Tally,
): Promise<void> {
  const { name, keyId, client, records, events, duplicates, skipped, clockSkew } = tally;
  const rejected = tally.rejects.length;
  const lastArrival = formatInstant(tally.to);
  const counts = { records, events, duplicates, rejected, skipped };
  await transaction
    .insertInto('sources')
    .values({ id, name, keyId, client, ...counts, clockSkew, lastArrival, firstArrival: formatInstant(tally.from) })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((now) => ({
        client,
        lastArrival,
        ...(clockSkew !== null && { clockSkew }),
        records: now('sources.records', '+', records),
        events: now('sources.events', '+', events),
        duplicates: now('sources.duplicates', '+', duplicates),
        rejected: now('sources.rejected', '+', rejected),
        skipped: now('sources.skipped', '+', skipped),
      })),
    )
    .execute();
  if (rejected > 0) await recordRejects(transaction, id, segment, tally);
}

async function recordRejects(
  transaction: StateTransaction,
  source: string,
  segment: number,
  tally: Tally,
): Promise<void> {
  const day = formatInstant(tally.to).slice(0, 10);
  const present = await transaction
    .selectFrom('sourceRejectDays')
    .selectAll()
    .where('source', '=', source)
    .where('day', '=', day)
    .executeTakeFirst();
  let { kept, bytes } = present ?? { kept: 0, bytes: 0 };
  const rows = tally.rejects.flatMap(({ place, reason, text }) => {
    if (kept >= KEPT_REJECTS || bytes >= KEPT_BYTES) return [];
    kept += 1;
    bytes += Buffer.byteLength(text);
    return [{ source, day, segment, line: place, reason, text }];
  });
  for (let at = 0; at < rows.length; at += CHUNK) {
    await transaction
      .insertInto('sourceRejects')
      .values(rows.slice(at, at + CHUNK))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const rejected = (present?.rejected ?? 0) + tally.rejects.length;
  await transaction
    .insertInto('sourceRejectDays')
    .values({ source, day, rejected, kept, bytes })
    .onConflict((conflict) => conflict.columns(['source', 'day']).doUpdateSet({ rejected, kept, bytes }))
    .execute();
}

/** Writes down how far resumable streams have come. */
export async function recordOffsets(
  transaction: StateTransaction,
  offsets: ReadonlyMap<string, number>,
  updatedAt: string,
): Promise<void> {
  for (const [stream, next] of offsets) {
    await transaction
      .insertInto('streamOffsets')
      .values({ stream, next, updatedAt })
      .onConflict((conflict) => conflict.column('stream').doUpdateSet({ next, updatedAt }))
      .execute();
  }
}
