import type { Progress, UploadRow } from './upload-records.ts';

/** Why work stops when neither the file nor the machine is at fault: somebody wants it gone. */
export class Cancelled extends Error {
  readonly actor: string;

  constructor(actor: string) {
    super('cancelled');
    this.actor = actor;
  }
}

/** The program ends; the next one takes the work up again. */
export class ShuttingDown extends Error {}

/** An upload that this process works on. */
export interface Work {
  readonly controller: AbortController;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly report: (change: Partial<Progress>) => void;
  /** Whether its events are stored: others may have seen them since, so that it can no longer be as if it had never been. */
  readonly isKept: boolean;
  /** Says so, and gives the signal for the rest of the work: only the program's end gives it up. */
  readonly keep: () => AbortSignal;
  /** Nothing works on it any more. */
  readonly end: () => void;
  readonly ended: Promise<void>;
}

/** The uploads under way, by id. */
export interface WorkList {
  readonly begin: (row: UploadRow) => Work;
  readonly find: (id: string) => Work | undefined;
  readonly all: () => readonly Work[];
}

export function openWorkList(changed: () => void): WorkList {
  const works = new Map<string, Work>();
  return {
    begin(row) {
      const controller = new AbortController();
      let progress: Progress = { bytesReceived: row.bytesReceived, progress: null, rejected: row.rejected };
      let isKept = false;
      let resolve = (): void => undefined;
      const ended = new Promise<void>((done) => {
        resolve = done;
      });
      const work: Work = {
        controller,
        signal: controller.signal,
        ended,
        get progress() {
          return progress;
        },
        get isKept() {
          return isKept;
        },
        keep() {
          isKept = true;
          return endOfProgram(controller.signal);
        },
        report(change) {
          progress = { ...progress, ...change };
          changed();
        },
        end() {
          works.delete(row.id);
          changed();
          resolve();
        },
      };
      works.set(row.id, work);
      changed();
      return work;
    },
    find: (id) => works.get(id),
    all: () => [...works.values()],
  };
}

function endOfProgram(signal: AbortSignal): AbortSignal {
  const ending = new AbortController();
  const end = (): void => {
    if (signal.reason instanceof ShuttingDown) ending.abort(signal.reason);
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  return ending.signal;
}
