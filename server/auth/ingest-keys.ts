import { notFound } from '#server/refusal.ts';
import { type Author, recordActivity } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import type { IngestKeyTable } from '#server/state/tables/ingest.ts';
import type { IngestKey } from '#shared/api/ingest-keys.ts';
import { formatInstant, type Instant, MINUTE } from '#shared/base/time.ts';
import type { Credentials } from './credentials.ts';
import { newIngestSecret, sameDigest, secretDigest } from './ingest-secret.ts';

/** A key with the only copy of its secret. */
export interface NewIngestKey {
  readonly key: IngestKey;
  readonly secret: string;
}

/** The keys that may send events. */
export interface IngestKeys {
  /** Newest first, revoked ones among them. */
  readonly list: () => Promise<IngestKey[]>;
  readonly create: (author: Author, name: string) => Promise<NewIngestKey>;
  /** From the next request on nobody gets in with it. */
  readonly revoke: (author: Author, id: string) => Promise<void>;
  /** The key that these credentials are of, unless it is revoked; null for none. Notes its use. */
  readonly recognise: (credentials: Credentials) => Promise<IngestKey | null>;
}

export function openIngestKeys(state: State, clock: () => Instant): IngestKeys {
  /** All keys by digest, read when first asked for and after every change: senders ask often. */
  let known: Promise<ReadonlyMap<string, IngestKeyTable>> | undefined;
  const lastNoted = new Map<string, Instant>();
  const forget = (): void => {
    known = undefined;
  };
  const byDigest = (): Promise<ReadonlyMap<string, IngestKeyTable>> => {
    known ??= readKeys(state).then((rows) => new Map(rows.map((row) => [row.digest, row])));
    known.catch(forget);
    return known;
  };

  async function noteUse(id: string): Promise<void> {
    const now = clock();
    if (now - (lastNoted.get(id) ?? 0) < MINUTE) return;
    lastNoted.set(id, now);
    await state
      .updateTable('ingestKeys')
      .set({ lastUsedAt: formatInstant(now) })
      .where('id', '=', id)
      .execute();
  }

  return {
    list: async () => (await readKeys(state)).map(keyOf),

    async create(author, name) {
      const { id, secret } = newIngestSecret();
      const row: IngestKeyTable = {
        id,
        name,
        digest: secretDigest(secret),
        createdAt: formatInstant(author.now),
        createdBy: author.actor,
        lastUsedAt: null,
        revokedAt: null,
      };
      await state.transaction().execute(async (transaction) => {
        await transaction.insertInto('ingestKeys').values(row).execute();
        await recordActivity(transaction, author, [
          { subject: 'ingest-key', subjectId: id, action: 'created', detail: name },
        ]);
      });
      forget();
      return { key: keyOf(row), secret };
    },

    async revoke(author, id) {
      await state.transaction().execute(async (transaction) => {
        const row = await transaction.selectFrom('ingestKeys').selectAll().where('id', '=', id).executeTakeFirst();
        if (!row) throw notFound('key');
        if (row.revokedAt !== null) return;
        const revokedAt = formatInstant(author.now);
        await transaction.updateTable('ingestKeys').set({ revokedAt }).where('id', '=', id).execute();
        await recordActivity(transaction, author, [
          { subject: 'ingest-key', subjectId: id, action: 'revoked', detail: row.name },
        ]);
      });
      forget();
    },

    async recognise({ id, secret }) {
      const digest = secretDigest(secret);
      const row = (await byDigest()).get(digest);
      const isRight = row !== undefined && sameDigest(row.digest, digest) && (id === null || id === row.id);
      if (!isRight || row.revokedAt !== null) return null;
      await noteUse(row.id);
      return keyOf(row);
    },
  };
}

const readKeys = (state: State): Promise<IngestKeyTable[]> =>
  state.selectFrom('ingestKeys').selectAll().orderBy('createdAt', 'desc').orderBy('id').execute();

const keyOf = ({ digest: _digest, ...key }: IngestKeyTable): IngestKey => key;
