import type { Database, Session } from './connection.ts';

/** Sessions for reading, used again and again. Each does one statement at a time; more are opened when all are busy. */
export interface Sessions {
  /** Lends a session for as long as the work takes. */
  use<Value>(work: (session: Session) => Promise<Value>): Promise<Value>;
  /** Opens one for this work alone, which may set it up as it likes. */
  own<Value>(work: (session: Session) => Promise<Value>): Promise<Value>;
  /** Waits for all work to end and closes. */
  close(): Promise<void>;
}

export function sessionsOf(database: Database): Sessions {
  const idle: Session[] = [];
  const busy = new Set<Promise<unknown>>();
  let isOpen = true;

  async function lend<Value>(work: (session: Session) => Promise<Value>): Promise<Value> {
    const session = idle.pop() ?? (await database.session());
    try {
      return await work(session);
    } finally {
      idle.push(session);
    }
  }

  async function open<Value>(work: (session: Session) => Promise<Value>): Promise<Value> {
    const session = await database.session();
    try {
      return await work(session);
    } finally {
      session.close();
    }
  }

  function counted<Value>(begin: () => Promise<Value>): Promise<Value> {
    if (!isOpen) return Promise.reject(new Error('The event store is closed'));
    const done = begin();
    busy.add(done);
    return done.finally(() => busy.delete(done));
  }

  return {
    use: (work) => counted(() => lend(work)),
    own: (work) => counted(() => open(work)),
    close: async () => {
      isOpen = false;
      await Promise.allSettled(busy);
      for (const session of idle.splice(0)) session.close();
    },
  };
}
