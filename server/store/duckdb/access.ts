/** Work that may go on side by side, and work that wants to be alone: in the order in which it came. */
export interface Access {
  beside<Value>(work: () => Promise<Value>): Promise<Value>;
  alone<Value>(work: () => Promise<Value>): Promise<Value>;
}

export function openAccess(): Access {
  let lastAlone: Promise<unknown> = Promise.resolve();
  const beside = new Set<Promise<unknown>>();
  return {
    beside: (work) => {
      const done = lastAlone.then(work);
      beside.add(done);
      const forget = () => beside.delete(done);
      done.then(forget, forget);
      return done;
    },
    alone: (work) => {
      const done = Promise.allSettled([lastAlone, ...beside]).then(work);
      lastAlone = done.catch(() => undefined);
      return done;
    },
  };
}
