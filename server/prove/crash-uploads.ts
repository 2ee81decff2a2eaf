import { setTimeout as sleep } from 'node:timers/promises';
import { processEvent, webShell } from '#server/http/testing/senders.ts';
import type { Upload } from '#shared/api/uploads.ts';
import { must } from '#shared/base/assert.ts';

/** Files that are sent, some of them cancelled, and what must have come of each. */
export interface CrashUploads {
  /** Sends a file, or two, until the server is gone. */
  readonly send: (url: string) => Promise<void>;
  /** Waits until the server has ended all of them; throws where one has not become what its sender was told. */
  readonly ended: (url: string) => Promise<void>;
  /** Ids that must be stored, and those that must not be. */
  readonly expected: () => { readonly stored: readonly string[]; readonly gone: readonly string[] };
}

interface Sent {
  readonly name: string;
  readonly ids: readonly string[];
  /** What its sender knows: nothing before an answer. */
  known: 'nothing' | 'accepted' | 'cancelled';
  status: Upload['status'] | null;
}

const MOST_EVENTS = 2500;
const SHELL_EVERY = 50;
const EVENT_SECONDS = 0.5;
/** Of a file is loaded at once: some five to ten parts. */
export const PART_BYTES: number = 100 * 1024;

/** @param random 0 to below 1 */
export function openCrashUploads(random: () => number): CrashUploads {
  const files: Sent[] = [];

  async function sendOne(url: string): Promise<void> {
    const number = files.length;
    const count = MOST_EVENTS - Math.floor((random() * MOST_EVENTS) / 2);
    const documents = Array.from({ length: count }, (_, index) => {
      const second = (number * MOST_EVENTS + index) * EVENT_SECONDS;
      const id = `${index % SHELL_EVERY === 0 ? 'odd' : 'e'}${index}of${number}`;
      return id.startsWith('odd') ? webShell(id, id, second) : processEvent(id, second);
    });
    const file: Sent = {
      name: `file${number}`,
      ids: documents.map(({ event }) => event.id),
      known: 'nothing',
      status: null,
    };
    files.push(file);
    const body = `${documents.map((document) => JSON.stringify(document)).join('\n')}\n`;
    const { id } = await answerOf<Upload>(`${url}/api/uploads?name=${file.name}`, body);
    file.known = 'accepted';
    if (random() < 0.5) return;
    await sleep(random() * 1500);
    const { status } = await answerOf<Upload>(`${url}/api/uploads/${id}/cancel`, '{}');
    if (status === 'cancelled') file.known = 'cancelled';
  }

  return {
    async send(url) {
      for (let file = 0; file < 2; file++) await sendOne(url).catch(() => undefined);
    },
    async ended(url) {
      for (const file of files) {
        let upload: Upload | undefined;
        do {
          await sleep(50);
          const { uploads } = (await (await fetch(`${url}/api/uploads`)).json()) as { uploads: Upload[] };
          upload = uploads.find(({ name }) => name === file.name);
        } while (upload?.finishedAt === null);
        file.status = upload?.status ?? null;
        if (file.known === 'accepted' && !['done', 'cancelled'].includes(must(upload, file.name).status)) {
          throw new Error(`${file.name} was accepted, and is ${upload?.status}: ${upload?.error}`);
        }
        if (file.known === 'cancelled' && file.status !== 'cancelled')
          throw new Error(`${file.name} is ${file.status}`);
      }
    },
    expected: () => ({
      stored: files.flatMap(({ ids, status }) => (status === 'done' ? ids : [])),
      gone: files.flatMap(({ ids, status }) => (status === 'done' ? [] : ids)),
    }),
  };
}

/** Rejects where there is none. */
async function answerOf<Answer>(url: string, body: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return (await (await fetch(url, { method: 'POST', headers, body })).json()) as Answer;
}
