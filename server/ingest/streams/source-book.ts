import { changeSourceSettings, sourcesToSplit } from '#server/ingest/source-settings.ts';
import { readUploadedSources } from '#server/ingest/uploaded-sources.ts';
import { notFound } from '#server/refusal.ts';
import type { Author } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import type { RefusedRequests, Source, SourcesAnswer } from '#shared/api/sources.ts';
import { formatInstant, type Instant } from '#shared/base/time.ts';
import { sampleOf } from './arrival-sample.ts';
import { sourceId } from './source-id.ts';
import { openSourceRates } from './source-rates.ts';
import type { Frame } from './stream-frame.ts';
import type { Tally } from './stream-tally.ts';

export type RefusalReason = RefusedRequests['reason'];

export interface SourceRejects {
  readonly days: { day: string; rejected: number; kept: number }[];
  readonly rejects: { day: string; line: number; reason: string; text: string }[];
}

/** What is known of where events come from: counts on disk, rates and refusals since the start. */
export interface SourceBook {
  readonly noteArrival: (frame: Frame) => void;
  readonly noteLoaded: (tallies: Iterable<Tally>) => void;
  readonly noteRefused: (client: string, reason: RefusalReason) => void;
  readonly noteTrouble: (problem: string | null) => void;
  /** @param waitingBytes acknowledged and not yet in the store */
  readonly list: (waitingBytes: number) => Promise<Omit<SourcesAnswer, 'waitingBytes' | 'waitingLimit' | 'setAside'>>;
  /** Changes how records of a stream, or of uploads of one kind, are stored from now on. */
  readonly change: (author: Author, id: string, settings: { readonly splitMerged: boolean }) => Promise<void>;
  readonly rejects: (id: string, limit: number) => Promise<SourceRejects>;
  /** All that is kept of a day, as NDJSON; refuses a day without any. */
  readonly rejectsFile: (
    id: string,
    day: string,
  ) => Promise<{ readonly name: string; readonly lines: AsyncIterable<string> }>;
}

/** Of a record, as long as none has come. */
const TYPICAL_BYTES = 1800;
/** Clients that are told apart in the list of refusals. */
const MOST_CLIENTS = 100;
const AT_ONCE = 500;

export function openSourceBook(state: State, clock: () => Instant): SourceBook {
  const rates = openSourceRates(clock);
  const refused = new Map<string, RefusedRequests>();
  let trouble: string | null = null;
  const arrived = { records: 0, bytes: 0 };

  async function sourceNamed(id: string): Promise<string> {
    const row = await state.selectFrom('sources').select('name').where('id', '=', id).executeTakeFirst();
    if (!row) throw notFound('source');
    return row.name;
  }

  async function* linesOf(source: string, day: string): AsyncGenerator<string> {
    for (let from = 0; ; from += AT_ONCE) {
      const rows = await state
        .selectFrom('sourceRejects')
        .select(['segment', 'line', 'reason', 'text'])
        .where('source', '=', source)
        .where('day', '=', day)
        .orderBy('segment')
        .orderBy('line')
        .limit(AT_ONCE)
        .offset(from)
        .execute();
      yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
      if (rows.length < AT_ONCE) return;
    }
  }

  return {
    noteArrival(frame) {
      arrived.records += frame.lines.length;
      arrived.bytes += frame.lines.reduce((sum, line) => sum + line.length, 0);
      rates.count(sourceId(frame.keyId, frame.source), frame.lines.length, sampleOf(frame));
    },
    noteLoaded(tallies) {
      for (const { keyId, name, from } of tallies) rates.lagged(sourceId(keyId, name), clock() - from);
    },
    noteRefused(client, reason) {
      const key = JSON.stringify([client, reason]);
      const known = refused.get(key);
      if (!known && refused.size >= MOST_CLIENTS) return;
      refused.set(key, { client, reason, requests: (known?.requests ?? 0) + 1, lastAt: formatInstant(clock()) });
    },
    noteTrouble(problem) {
      trouble = problem;
    },
    async list(waitingBytes) {
      const each = arrived.records === 0 ? TYPICAL_BYTES : arrived.bytes / arrived.records;
      const waitingRecords = Math.ceil(waitingBytes / Math.max(1, each));
      const split = await sourcesToSplit(state);
      const rows = await state
        .selectFrom('sources')
        .leftJoin('ingestKeys', 'ingestKeys.id', 'sources.keyId')
        .selectAll('sources')
        .select('ingestKeys.name as keyName')
        .select(({ selectFrom }) => [
          selectFrom('sourceRejects')
            .select('reason')
            .whereRef('source', '=', 'sources.id')
            .orderBy('day', 'desc')
            .orderBy('segment', 'desc')
            .orderBy('line', 'desc')
            .limit(1)
            .as('rejectReason'),
          selectFrom('sourceRejectDays')
            .select(({ fn }) => fn.max('day').as('day'))
            .whereRef('source', '=', 'sources.id')
            .as('rejectDay'),
        ])
        .orderBy('lastArrival', 'desc')
        .orderBy('sources.id')
        .execute();
      const sources = rows.map(
        ({ keyId, keyName, rejectReason, rejectDay, ...row }): Source => ({
          ...row,
          key: { id: keyId, name: keyName ?? keyId },
          lastReject: rejectReason && rejectDay ? { day: rejectDay, reason: rejectReason } : null,
          splitMerged: split.has(row.id),
          ...rates.of(row.id),
        }),
      );
      const uploaded = await readUploadedSources(state, split);
      return { sources, uploaded, trouble, waitingRecords, refused: [...refused.values()] };
    },
    async change(author, id, settings) {
      const uploaded = (await readUploadedSources(state, new Set())).find((one) => one.id === id);
      const name = uploaded ? `uploads of ${uploaded.title}` : await sourceNamed(id);
      await changeSourceSettings(state, author, { id, name, ...settings });
    },
    async rejects(id, limit) {
      await sourceNamed(id);
      const days = await state
        .selectFrom('sourceRejectDays')
        .select(['day', 'rejected', 'kept'])
        .where('source', '=', id)
        .orderBy('day', 'desc')
        .execute();
      const rejects = await state
        .selectFrom('sourceRejects')
        .select(['day', 'line', 'reason', 'text'])
        .where('source', '=', id)
        .orderBy('day', 'desc')
        .orderBy('segment', 'desc')
        .orderBy('line')
        .limit(limit)
        .execute();
      return { days, rejects };
    },
    async rejectsFile(id, day) {
      const name = await sourceNamed(id);
      const known = await state
        .selectFrom('sourceRejectDays')
        .select('kept')
        .where('source', '=', id)
        .where('day', '=', day)
        .executeTakeFirst();
      if (!known) throw notFound('list of rejected records');
      return { name: `${name}.${day}.rejects.ndjson`, lines: linesOf(id, day) };
    },
  };
}
