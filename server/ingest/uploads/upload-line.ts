import { openJobQueue } from '#server/timing/job-queue.ts';
import { openWorkList, ShuttingDown } from '#server/timing/work-list.ts';
import type { Sample } from './samples.ts';
import { sweepSpool } from './upload-job.ts';
import { type Progress, readUnfinished, type UploadRow, type UploadWork } from './upload-records.ts';
import { isSpooled, prepareSample, processUpload, settle, takeUp, type UploadContext } from './upload-work.ts';

export interface LineOptions extends UploadContext {
  readonly samples: readonly Sample[];
}

/** Uploads under way: begun side by side, loaded one at a time, and ended properly whatever happens to them. */
export interface UploadLine {
  readonly begin: (row: UploadRow) => UploadWork;
  readonly find: (id: string) => UploadWork | undefined;
  /** Does a part of the work on an upload; whatever goes wrong with it ends the upload. */
  readonly guard: <Value>(row: UploadRow, work: UploadWork, part: () => Promise<Value>) => Promise<Value>;
  /** Loads a spooled file when its turn comes. */
  readonly enqueue: (row: UploadRow, work: UploadWork) => void;
  /** Makes and loads a sample when its turn comes. */
  readonly enqueueSample: (row: UploadRow, sample: Sample) => void;
  /** Takes up what the process before this one did not finish. */
  readonly resume: () => Promise<void>;
  /** Stops all work, to be taken up again by the next process. */
  readonly close: () => Promise<void>;
}

export function openUploadLine(options: LineOptions): UploadLine {
  const underway = openWorkList<Progress>(() => options.publish('uploads'));
  const begin = (row: UploadRow): UploadWork =>
    underway.begin(row.id, { bytesReceived: row.bytesReceived, progress: null, rejected: row.rejected });
  const queue = openJobQueue();

  const guard: UploadLine['guard'] = async (row, work, part) => {
    try {
      return await part();
    } catch (error) {
      await settle(options, row, work, error).finally(work.end);
      throw error;
    }
  };

  /** One that is given up while it waits does not wait for that. */
  function whenTurnComes(row: UploadRow, work: UploadWork, prepare: () => Promise<UploadRow>): void {
    let started = false;
    const giveUp = (): void => {
      if (!started) ignore(guard(row, work, () => Promise.reject(work.signal.reason)));
    };
    const job = async (): Promise<void> => {
      if (work.signal.aborted) return;
      started = true;
      await guard(row, work, async () => processUpload(options, await prepare(), work));
      work.end();
    };
    work.signal.addEventListener('abort', giveUp);
    ignore(queue.add(job));
  }

  const enqueue = (row: UploadRow, work: UploadWork): void => whenTurnComes(row, work, async () => row);

  function enqueueSample(row: UploadRow, sample: Sample, work: UploadWork = begin(row)): void {
    whenTurnComes(row, work, () => prepareSample(options, row, sample, work.signal));
  }

  async function resumeOne(interrupted: UploadRow): Promise<void> {
    const work = begin(interrupted);
    const row = await takeUp(options, interrupted, work);
    const sample = options.samples.find((candidate) => candidate.id === row.sample);
    if (row.status === 'evaluating') return enqueue(row, work);
    if (sample) return enqueueSample(row, sample, work);
    if (row.status !== 'receiving' && isSpooled(options, row)) return enqueue(row, work);
    const lost = new Error('The program ended before the file was received.');
    ignore(guard(row, work, () => Promise.reject(lost)));
    return work.ended;
  }

  return {
    begin,
    find: underway.find,
    guard,
    enqueue,
    enqueueSample,
    async resume() {
      const unfinished = await readUnfinished(options.state);
      await sweepSpool(options.folder, unfinished);
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
