import type { Readable } from 'node:stream';
import { notFound, Refusal } from '#server/refusal.ts';
import type { Author } from '#server/state/activity.ts';
import type { Reject } from '#server/store/event-store.ts';
import type { Upload } from '#shared/api/uploads.ts';
import { openJobQueue } from './job-queue.ts';
import { readQuarantine } from './quarantine.ts';
import type { Sample } from './samples.ts';
import { spool, tooLarge } from './spool.ts';
import { Cancelled, openWorkList, ShuttingDown, type Work } from './underway.ts';
import { quarantinePath, spoolPath, sweepSpool } from './upload-job.ts';
import {
  fileName,
  insertUpload,
  readUnfinished,
  readUpload,
  readUploads,
  type UploadRow,
  uploadOf,
} from './upload-records.ts';
import {
  isSpooled,
  prepareSample,
  processUpload,
  recordUpload,
  settle,
  startOver,
  type UploadContext,
} from './upload-work.ts';

export interface UploadsOptions extends UploadContext {
  /** Most bytes of one file, as sent. */
  readonly limit: number;
  readonly samples: readonly Sample[];
}

export interface Incoming {
  /** As the sender named it. */
  readonly name: string;
  readonly bytesExpected: number | null;
}

/** Files on their way into the store: received side by side, loaded one at a time. */
export interface Uploads {
  /** Takes a file's bytes; resolves when they are safely on disk and loading is queued. */
  readonly receive: (source: Readable, incoming: Incoming, author: Author) => Promise<Upload>;
  readonly addSample: (id: string, author: Author) => Promise<Upload>;
  readonly list: () => Promise<Upload[]>;
  readonly get: (id: string) => Promise<Upload>;
  /** Resolves when nothing of the upload is left. Refused for one that has ended. */
  readonly cancel: (id: string, author: Author) => Promise<Upload>;
  rejects(id: string, limit: number): Promise<{ rejects: Reject[]; total: number }>;
  /** The whole list of rejects as a file. */
  rejectsFile(id: string): Promise<{ readonly path: string; readonly name: string }>;
  samples(): Promise<{ id: string; title: string; description: string; loaded: boolean }[]>;
  /** Takes up what the process before this one did not finish. */
  readonly resume: () => Promise<void>;
  /** Stops all work, to be taken up again by the next process. */
  readonly close: () => Promise<void>;
}

export function openUploads(options: UploadsOptions): Uploads {
  const { state, folder } = options;
  const underway = openWorkList(() => options.publish('uploads'));
  const queue = openJobQueue();
  const view = (row: UploadRow): Upload => uploadOf(row, underway.find(row.id)?.progress);

  /** Does a part of the work; whatever goes wrong ends the upload. */
  async function guarded<Value>(row: UploadRow, work: Work, part: () => Promise<Value>): Promise<Value> {
    try {
      return await part();
    } catch (error) {
      await settle(options, row, work, error).finally(work.end);
      throw error;
    }
  }

  /** Loads it when its turn comes. One that is given up while it waits does not wait for that. */
  function enqueue(row: UploadRow, work: Work, prepare: () => Promise<UploadRow>): void {
    let started = false;
    const giveUp = (): void => {
      if (!started) ignore(guarded(row, work, () => Promise.reject(work.signal.reason)));
    };
    const job = async (): Promise<void> => {
      if (work.signal.aborted) return;
      started = true;
      await guarded(row, work, async () => processUpload(options, await prepare(), work));
      work.end();
    };
    work.signal.addEventListener('abort', giveUp);
    ignore(queue.add(job));
  }

  function enqueueSample(row: UploadRow, sample: Sample): void {
    const work = underway.begin(row);
    enqueue(row, work, () => prepareSample(options, row, sample, work.signal));
  }

  async function store(source: Readable, row: UploadRow, work: Work, author: Author): Promise<UploadRow> {
    const onBytes = (bytes: number): void =>
      work.report({ bytesReceived: bytes, progress: row.bytesExpected ? bytes / row.bytesExpected : null });
    try {
      const { bytes, sha256 } = await spool(source, spoolPath(folder, row.id), {
        limit: options.limit,
        signal: work.signal,
        onBytes,
      });
      const change = { status: 'loading', bytesReceived: bytes, sha256 };
      return await recordUpload(options, author, row, change, { action: 'received', detail: row.name });
    } catch (error) {
      if (senderIsGone(error)) work.controller.abort(new Cancelled(author.actor));
      throw work.signal.aborted && work.signal.reason instanceof Cancelled ? cancelledWhileReceiving() : error;
    }
  }

  async function resumeOne(interrupted: UploadRow): Promise<void> {
    const row = await startOver(options, interrupted);
    const sample = options.samples.find((candidate) => candidate.id === row.sample);
    if (sample) return enqueueSample(row, sample);
    const work = underway.begin(row);
    if (row.status !== 'receiving' && isSpooled(options, row)) return enqueue(row, work, async () => row);
    await settle(options, row, work, new Error('The program ended before the file was received.'));
    work.end();
  }

  return {
    async receive(source, { name, bytesExpected }, author) {
      if (bytesExpected !== null && bytesExpected > options.limit) throw tooLarge(options.limit);
      const row = await insertUpload(state, author, { name: fileName(name), sample: null, bytesExpected });
      const work = underway.begin(row);
      const received = await guarded(row, work, () => store(source, row, work, author));
      work.report({ progress: null });
      enqueue(received, work, async () => received);
      return view(received);
    },

    async addSample(id, author) {
      const sample = options.samples.find((candidate) => candidate.id === id);
      if (!sample) throw notFound('sample');
      const loading = (await readUnfinished(state)).find((row) => row.sample === id);
      if (loading) return view(loading);
      const row = await insertUpload(state, author, { name: sample.title, sample: id, bytesExpected: null });
      enqueueSample(row, sample);
      return view(row);
    },

    list: async () => (await readUploads(state)).map(view),
    get: async (id) => view(await readUpload(state, id)),

    async cancel(id, author) {
      await readUpload(state, id);
      const work = underway.find(id);
      work?.controller.abort(new Cancelled(author.actor));
      await work?.ended;
      const row = await readUpload(state, id);
      if (row.status !== 'cancelled' || !work) {
        throw new Refusal('conflict', 'This upload has ended; there is nothing to cancel.');
      }
      return view(row);
    },

    async rejects(id, limit) {
      const row = await readUpload(state, id);
      if (row.rejected === 0) return { rejects: [], total: 0 };
      return { rejects: await readQuarantine(quarantinePath(folder, id), limit), total: row.rejected };
    },

    async rejectsFile(id) {
      const row = await readUpload(state, id);
      if (row.rejected === 0) throw notFound('list of rejected lines');
      return { path: quarantinePath(folder, id), name: `${row.name}.rejects.ndjson` };
    },

    async samples() {
      const done = await state.selectFrom('uploads').select('sample').where('status', '=', 'done').execute();
      const loaded = new Set(done.map((row) => row.sample));
      return options.samples.map(({ id, title, description }) => ({
        id,
        title,
        description,
        loaded: loaded.has(id),
      }));
    },

    async resume() {
      const unfinished = await readUnfinished(state);
      await sweepSpool(folder, unfinished);
      for (const row of unfinished) await resumeOne(row);
    },

    async close() {
      const works = underway.all();
      for (const work of works) work.controller.abort(new ShuttingDown());
      await Promise.all([queue.idle(), ...works.map((work) => work.ended)]);
    },
  };
}

/** `settle` has recorded why it failed. */
const ignore = (work: Promise<unknown>): void => {
  work.catch(() => undefined);
};

const cancelledWhileReceiving = (): Refusal => new Refusal('conflict', 'The upload was cancelled.');

const SENDER_GONE: ReadonlySet<unknown> = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'ABORT_ERR']);

const senderIsGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && SENDER_GONE.has(error.code);
