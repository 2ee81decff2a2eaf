import { bulkBody, processEvent, webShell } from '#server/http/testing/senders.ts';

/** A bulk with what it holds. */
interface Bulk {
  readonly ids: readonly string[];
  readonly body: string;
}

/** What senders have sent, and what of it was acknowledged. */
export interface CrashLoad {
  /** Sends until the server is gone or `until` comes; what was not acknowledged is sent again the next time. */
  readonly send: (url: string, authorization: string, until: Promise<unknown>) => Promise<void>;
  readonly sent: ReadonlySet<string>;
  readonly acknowledged: ReadonlySet<string>;
}

const SENDERS = 3;
const MOST_EVENTS = 400;
/** Every so many events one is a program that the web server never started. */
const SHELL_EVERY = 50;
/** Event time between two events: a run of the rule must not see more new programs than it may raise. */
const EVENT_SECONDS = 0.5;

/** The event's id is the name of the program where the rule must raise it: one alert for each. */
export const isShell = (id: string): boolean => id.startsWith('odd');

/** @param random 0 to below 1 */
export function openCrashLoad(random: () => number): CrashLoad {
  const sent = new Set<string>();
  const acknowledged = new Set<string>();
  const unanswered: Bulk[] = [];
  let count = 0;

  function nextBulk(): Bulk {
    const documents = Array.from({ length: 1 + Math.floor(random() * MOST_EVENTS) }, () => {
      count += 1;
      return count % SHELL_EVERY === 0
        ? webShell(`odd${count}`, `odd${count}`, count * EVENT_SECONDS)
        : processEvent(`e${count}`, count * EVENT_SECONDS);
    });
    return { ids: documents.map(({ event }) => event.id), body: bulkBody(documents, { index: {} }) };
  }

  async function sendOne(url: string, authorization: string): Promise<boolean> {
    const bulk = unanswered.shift() ?? nextBulk();
    for (const id of bulk.ids) sent.add(id);
    try {
      const headers = { authorization, 'content-type': 'application/x-ndjson' };
      const response = await fetch(`${url}/logs-crash/_bulk`, { method: 'POST', headers, body: bulk.body });
      const answer = (await response.json()) as { errors: boolean };
      if (response.status !== 200 || answer.errors) throw new Error('refused');
    } catch {
      unanswered.push(bulk);
      return false;
    }
    for (const id of bulk.ids) acknowledged.add(id);
    return true;
  }

  return {
    sent,
    acknowledged,
    async send(url, authorization, until) {
      let going = true;
      const stop = until.then(() => {
        going = false;
      });
      const sender = async (): Promise<void> => {
        while (going && (await sendOne(url, authorization)));
      };
      await Promise.all([stop, ...Array.from({ length: SENDERS }, sender)]);
    },
  };
}
