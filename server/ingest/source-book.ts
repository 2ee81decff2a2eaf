import type { z } from 'zod';
import { notFound } from '#server/refusal.ts';
import type { State } from '#server/state/open-state.ts';
import type { listSources, RefusedRequests, Source } from '#shared/api/sources.ts';
import { formatInstant, type Instant } from '#shared/base/time.ts';
import { sourceId } from './source-id.ts';
import { openSourceRates } from './source-rates.ts';
import type { Frame } from './stream-frame.ts';
import type { Tally } from './stream-tally.ts';

type SourcesAnswer = z.infer<typeof listSources.response>;
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
  readonly list: () => Promise<Pick<SourcesAnswer, 'sources' | 'trouble' | 'refused'>>;
  readonly rejects: (id: string, limit: number) => Promise<SourceRejects>;
  /** All that is kept of a day, as NDJSON; refuses a day without any. */
  readonly rejectsFile: (
    id: string,
    day: string,
  ) => Promise<{ readonly name: string; readonly lines: AsyncIterable<string> }>;
}

/** Clients that are told apart in the list of refusals. */
const MOST_CLIENTS = 100;
const AT_ONCE = 500;

export function openSourceBook(state: State, clock: () => Instant): SourceBook {
  const rates = openSourceRates(clock);
  const refused = new Map<string, RefusedRequests>();
  let trouble: string | null = null;

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
    noteArrival: (frame) => rates.count(sourceId(frame.keyId, frame.source), frame.lines.length),
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
    async list() {
      const rows = await state
        .selectFrom('sources')
        .leftJoin('ingestKeys', 'ingestKeys.id', 'sources.keyId')
        .selectAll('sources')
        .select('ingestKeys.name as keyName')
        .orderBy('lastArrival', 'desc')
        .orderBy('sources.id')
        .execute();
      const sources = rows.map(
        ({ keyId, keyName, ...row }): Source => ({
          ...row,
          key: { id: keyId, name: keyName ?? keyId },
          ...rates.of(row.id),
        }),
      );
      return { sources, trouble, refused: [...refused.values()] };
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
