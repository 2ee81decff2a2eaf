import { openJobQueue } from './job-queue.ts';
import type { Sample } from './samples.ts';
import { openWorkList, ShuttingDown, type Work } from './underway.ts';
import { sweepSpool } from './upload-job.ts';
import { readUnfinished, type UploadRow } from './upload-records.ts';
import { isSpooled, prepareSample, processUpload, settle, takeUp, type UploadContext } from './upload-work.ts';

export interface LineOptions extends UploadContext {
  readonly samples: readonly Sample[];
}

/** Uploads under way: begun side by side, loaded one at a time, and ended properly whatever happens to them. */
export interface UploadLine {
  readonly begin: (row: UploadRow) => Work;
  readonly find: (id: string) => Work | undefined;
  /** Does a part of the work on an upload; whatever goes wrong with it ends the upload. */
  readonly guard: <Value>(row: UploadRow, work: Work, part: () => Promise<Value>) => Promise<Value>;
  /** Loads a spooled file when its turn comes. */
  readonly enqueue: (row: UploadRow, work: Work) => void;
  /** Makes and loads a sample when its turn comes. */
  readonly enqueueSample: (row: UploadRow, sample: Sample) => void;
  /** Takes up what the process before this one did not finish. */
  readonly resume: () => Promise<void>;
  /** Stops all work, to be taken up again by the next process. */
  readonly close: () => Promise<void>;
}

export function openUploadLine(options: LineOptions): UploadLine {
  const underway = openWorkList(() => options.publish('uploads'));
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
  function whenTurnComes(row: UploadRow, work: Work, prepare: () => Promise<UploadRow>): void {
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

  const enqueue = (row: UploadRow, work: Work): void => whenTurnComes(row, work, async () => row);

  function enqueueSample(row: UploadRow, sample: Sample, work: Work = underway.begin(row)): void {
    whenTurnComes(row, work, () => prepareSample(options, row, sample, work.signal));
  }

  async function resumeOne(interrupted: UploadRow): Promise<void> {
    const work = underway.begin(interrupted);
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
    begin: underway.begin,
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
