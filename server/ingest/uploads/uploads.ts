import type { Readable } from 'node:stream';
import { tooLarge } from '#server/ingest/spool.ts';
import { notFound, Refusal } from '#server/refusal.ts';
import type { Author } from '#server/state/activity.ts';
import type { Reject } from '#server/store/event-store.ts';
import { Cancelled } from '#server/timing/work-list.ts';
import type { Upload } from '#shared/api/uploads.ts';
import { readQuarantine } from './quarantine.ts';
import { receiveFile } from './receive.ts';
import { quarantinePath } from './upload-job.ts';
import { type LineOptions, openUploadLine } from './upload-line.ts';
import {
  fileName,
  insertUpload,
  readUnfinished,
  readUpload,
  readUploads,
  type UploadRow,
  uploadOf,
} from './upload-records.ts';

export interface UploadsOptions extends LineOptions {
  /** Most bytes of one file, as sent. */
  readonly limit: number;
}

export interface Incoming {
  /** As the sender named it. */
  readonly name: string;
  readonly bytesExpected: number | null;
}

export interface SampleState {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly loaded: boolean;
}

/** Files on their way into the store: received side by side, loaded one at a time. */
export interface Uploads {
  /** Takes a file's bytes; resolves when they are safely on disk and loading is queued. */
  readonly receive: (source: Readable, incoming: Incoming, author: Author) => Promise<Upload>;
  readonly addSample: (id: string, author: Author) => Promise<Upload>;
  readonly list: () => Promise<Upload[]>;
  readonly get: (id: string) => Promise<Upload>;
  /** Resolves when nothing of the upload is left. Refused for one whose events are stored, and for one that has ended. */
  readonly cancel: (id: string, author: Author) => Promise<Upload>;
  readonly rejects: (id: string, limit: number) => Promise<{ rejects: Reject[]; total: number }>;
  /** The whole list of rejects as a file. */
  readonly rejectsFile: (id: string) => Promise<{ readonly path: string; readonly name: string }>;
  readonly samples: () => Promise<SampleState[]>;
  /** Takes up what the process before this one did not finish. */
  readonly resume: () => Promise<void>;
  /** Stops all work, to be taken up again by the next process. */
  readonly close: () => Promise<void>;
}

export function openUploads(options: UploadsOptions): Uploads {
  const { state, folder } = options;
  const line = openUploadLine(options);
  const view = (row: UploadRow): Upload => uploadOf(row, line.find(row.id)?.progress);

  return {
    async receive(source, { name, bytesExpected }, author) {
      if (bytesExpected !== null && bytesExpected > options.limit) throw tooLarge(options.limit);
      const row = await insertUpload(state, author, { name: fileName(name), sample: null, bytesExpected });
      const work = line.begin(row);
      const received = await line.guard(row, work, () =>
        receiveFile(options, options.limit, source, row, work, author),
      );
      line.enqueue(received, work);
      return view(received);
    },

    async addSample(id, author) {
      const sample = options.samples.find((candidate) => candidate.id === id);
      if (!sample) throw notFound('sample');
      const loading = (await readUnfinished(state)).find((row) => row.sample === id);
      if (loading) return view(loading);
      const row = await insertUpload(state, author, { name: sample.title, sample: id, bytesExpected: null });
      line.enqueueSample(row, sample);
      return view(row);
    },

    list: async () => (await readUploads(state)).map(view),
    get: async (id) => view(await readUpload(state, id)),

    async cancel(id, author) {
      await readUpload(state, id);
      const work = line.find(id);
      if (work?.isKept) throw tooLate();
      work?.controller.abort(new Cancelled(author.actor));
      await work?.ended;
      const row = await readUpload(state, id);
      if (row.status === 'cancelled' && work) return view(row);
      throw new Refusal('conflict', 'This upload has ended; there is nothing to cancel.');
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
      return options.samples.map(({ id, title, description }) => ({ id, title, description, loaded: loaded.has(id) }));
    },

    resume: line.resume,
    close: line.close,
  };
}

const tooLate = (): Refusal =>
  new Refusal('conflict', 'Its events are stored already: rules are being run over them.', {
    remedy: 'Wait until it is done.',
  });
