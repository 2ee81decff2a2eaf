/** Work that must not run side by side: one job at a time, in the order given. */
export interface JobQueue {
  /** Resolves or rejects as the job does. */
  readonly add: <Value>(job: () => Promise<Value>) => Promise<Value>;
  /** Resolves when everything given so far has ended, however it ended. */
  readonly idle: () => Promise<void>;
}

export function openJobQueue(): JobQueue {
  let last: Promise<void> = Promise.resolve();
  return {
    add(job) {
      const run = last.then(job);
      last = run.then(
        () => undefined,
        () => undefined,
      );
      return run;
    },
    idle: () => last,
  };
}
