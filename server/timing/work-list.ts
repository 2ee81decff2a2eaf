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

/** Long work of this process: how far it is, and what ends it. */
export interface Work<Progress> {
  readonly controller: AbortController;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly report: (change: Partial<Progress>) => void;
  /** Whether others may have seen what it made, so that it can no longer be as if it had never been. */
  readonly isKept: boolean;
  /** Says so, and gives the signal for the rest of the work: only the program's end gives it up. */
  readonly keep: () => AbortSignal;
  /** Nothing works on it any more. */
  readonly end: () => void;
  readonly ended: Promise<void>;
}

/** The work under way, by id. */
export interface WorkList<Progress> {
  readonly begin: (id: string, start: Progress) => Work<Progress>;
  readonly find: (id: string) => Work<Progress> | undefined;
  readonly all: () => readonly Work<Progress>[];
}

/** @param changed told whenever something of it begins, goes on or ends */
export function openWorkList<Progress>(changed: () => void): WorkList<Progress> {
  const works = new Map<string, Work<Progress>>();
  return {
    begin(id, start) {
      const controller = new AbortController();
      let progress = start;
      let isKept = false;
      let resolve = (): void => undefined;
      const ended = new Promise<void>((done) => {
        resolve = done;
      });
      const work: Work<Progress> = {
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
          works.delete(id);
          changed();
          resolve();
        },
      };
      works.set(id, work);
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
