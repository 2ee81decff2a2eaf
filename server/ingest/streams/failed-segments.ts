import { link, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { notFound } from '#server/refusal.ts';
import { type Author, recordActivity, SYSTEM } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import type { FailedSegment } from '#shared/api/failed-segments.ts';
import { formatInstant, type Instant } from '#shared/base/time.ts';
import { joinLines } from './byte-lines.ts';
import { finishSegment } from './finished-segments.ts';
import { readSegment, type Segment } from './segment.ts';
import { syncFolder } from './segment-file.ts';
import { recordOffsets } from './source-records.ts';
import { encodeFrame, type Frame } from './stream-frame.ts';
import type { StreamSpool } from './stream-spool.ts';

/** Stretches of a stream that could not be loaded: kept, so that what lies behind them can be. */
export interface FailedSegments {
  /** Takes the oldest segment out of the spool. */
  readonly setAside: (segment: Segment, problem: string) => Promise<void>;
  readonly list: () => Promise<readonly FailedSegment[]>;
  /** Its records as they came, one a line. */
  readonly records: (id: string) => Promise<Buffer>;
  /** Puts its records behind all others that wait. */
  readonly retry: (author: Author, id: string) => Promise<void>;
  readonly discard: (author: Author, id: string) => Promise<void>;
}

export interface FailedOptions {
  readonly folder: string;
  readonly spool: StreamSpool;
  readonly state: State;
  readonly clock: () => Instant;
}

const aboutSchema = z.object({ at: z.string(), problem: z.string(), records: z.number().int() });
const SUFFIX = '.segment';

export async function openFailedSegments({ folder, spool, state, clock }: FailedOptions): Promise<FailedSegments> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: string): string => join(folder, `${id}${SUFFIX}`);
  const aboutOf = (id: string): string => join(folder, `${id}.json`);

  async function framesOf(id: string): Promise<readonly Frame[]> {
    const all = await list();
    if (!all.some((one) => one.id === id)) throw notFound('There is no such stretch of a stream.');
    return readSegment({ path: pathOf(id) });
  }

  async function list(): Promise<readonly FailedSegment[]> {
    const ids = (await readdir(folder))
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => name.slice(0, -SUFFIX.length));
    return Promise.all(
      ids.sort().map(async (id) => {
        const about = aboutSchema.parse(JSON.parse(await readFile(aboutOf(id), 'utf8')));
        return { id, bytes: (await stat(pathOf(id))).size, ...about };
      }),
    );
  }

  async function note(author: Author, id: string, action: string, detail: string): Promise<void> {
    await state
      .transaction()
      .execute((transaction) =>
        recordActivity(transaction, author, [{ subject: 'source', subjectId: `segment:${id}`, action, detail }]),
      );
  }

  async function remove(id: string): Promise<void> {
    await rm(pathOf(id), { force: true });
    await rm(aboutOf(id), { force: true });
  }

  return {
    list,
    async setAside(segment, problem) {
      const id = String(segment.number);
      const now = clock();
      const frames = await readSegment(segment).catch(() => []);
      const records = frames.reduce((sum, { lines }) => sum + lines.length, 0);
      // It is here before it is gone there: a crash between leaves it in both places, and its events are known by their ids.
      await writeFile(aboutOf(id), JSON.stringify({ at: formatInstant(now), problem, records }), { mode: 0o600 });
      await link(segment.path, pathOf(id)).catch(ignoreExisting);
      await syncFolder(folder);
      const offsets = new Map(frames.flatMap(({ stream }) => (stream ? [[stream.id, stream.next] as const] : [])));
      const detail = `${records} records could not be loaded: ${problem}`;
      await state.transaction().execute(async (transaction) => {
        await recordOffsets(transaction, offsets, formatInstant(now));
        await finishSegment(transaction, segment.number);
        await recordActivity(transaction, { actor: SYSTEM, now }, [
          { subject: 'source', subjectId: `segment:${id}`, action: 'set aside', detail },
        ]);
      });
      await spool.remove(segment);
    },
    async records(id) {
      const frames = await framesOf(id);
      return joinLines(frames.flatMap(({ lines }) => lines));
    },
    async retry(author, id) {
      const frames = await framesOf(id);
      // How far its senders had come was noted when it was set aside.
      await spool.append(frames.map(({ stream: _stream, ...frame }) => encodeFrame(frame)));
      await remove(id);
      await note(author, id, 'retried', 'what was set aside is loaded again');
    },
    async discard(author, id) {
      await framesOf(id);
      await remove(id);
      await note(author, id, 'discarded', 'what was set aside is gone');
    },
  };
}

const ignoreExisting = (error: unknown): void => {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
};
