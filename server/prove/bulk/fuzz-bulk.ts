import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type Random, seeded } from '#server/demo/random.ts';
import { processEvent } from '#server/http/testing/senders.ts';

export interface BulkFuzz {
  readonly url: string;
  readonly authorization: string;
  readonly requests: number;
  /** Each request follows from it and its number, whoever sends it. */
  readonly seed: number;
  /** How many are on their way at once; one if absent. */
  readonly senders?: number;
}

export interface BulkFuzzed {
  /** Answers by status; 0: the sender went away by itself. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Items of requests that were taken, as the server should have counted them. */
  readonly taken: number;
  /** Answers that no request may get, in words. */
  readonly broken: readonly string[];
}

const MOST_DOCUMENTS = 40;
/** Requests of two seeds are others, as long as there are no more of them. */
const SEEDS_APART = 1_000_000;
const MOST_BROKEN = 20;
const ITEM_STATUSES: ReadonlySet<unknown> = new Set([201, 400, 409]);
const STATUSES: ReadonlySet<number> = new Set([200, 400, 413, 415]);

const AUDIT =
  'type=SYSCALL msg=audit(1763700000.1:7): arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=9 uid=33 comm="id" exe="/usr/bin/id"';

function documentOf(random: Random, number: number): string {
  const whole = JSON.stringify(processEvent(`f${random.between(0, 10 * number)}`, number % 3600));
  return random.pick([
    whole,
    whole,
    whole,
    JSON.stringify({ message: AUDIT, '@timestamp': '2026-11-21T10:00:00Z' }),
    '{"@timestamp":"never"}',
    `{"a":${'['.repeat(random.between(0, 300))}}`,
    '{}',
    AUDIT,
    '',
  ]);
}

const actionOf = (random: Random): string =>
  random.pick([
    '{"create":{}}',
    '{"create":{}}',
    '{"index":{"_index":"other"}}',
    `{"create":{"_id":"${random.between(1, 5000)}"}}`,
    '{"update":{"_id":"1"}}',
    '{"delete":{"_id":"1"}}',
    '{"drop":1}',
  ]);

/** A bulk, mostly a good one: one byte in many is changed, taken out or doubled. */
function bodyOf(random: Random, number: number): Buffer {
  let text = '';
  const isTidy = random.chance(0.7);
  for (let count = random.between(1, MOST_DOCUMENTS); count > 0; count--) {
    text += `${isTidy ? '{"create":{}}' : actionOf(random)}\n${documentOf(random, number)}\n`;
  }
  const bytes = Buffer.from(text);
  if (random.chance(0.5)) return bytes;
  for (let change = random.between(1, 5); change > 0; change--) {
    bytes[random.between(0, bytes.length - 1)] = random.between(0, 255);
  }
  return bytes.subarray(0, random.chance(0.2) ? random.between(0, bytes.length) : bytes.length);
}

const BOMB = gzipSync(Buffer.alloc(101 * 1024 * 1024, '{"create":{}}\n'));

interface Drawn {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Ends its connection when half is sent. */
  readonly goesAway: boolean;
}

function requestOf(random: Random, number: number): Drawn {
  const plain = bodyOf(random, number);
  const isBomb = random.chance(1 / 500);
  const isGzip = isBomb || random.chance(0.3);
  const packed = isBomb ? BOMB : isGzip ? gzipSync(plain) : plain;
  const isTorn = isGzip && !isBomb && random.chance(0.1);
  const body = isTorn ? packed.subarray(0, random.between(0, packed.length - 1)) : packed;
  return { body, headers: isGzip ? { 'content-encoding': 'gzip' } : {}, goesAway: random.chance(0.02) };
}

/** Sends what no sane client would: broken bodies, archives that burst, connections that end in the middle. */
export async function fuzzBulk({ url, authorization, requests, seed, senders = 1 }: BulkFuzz): Promise<BulkFuzzed> {
  const statuses = new Map<number, number>();
  const broken: string[] = [];
  let taken = 0;
  let next = 1;
  const sender = async (): Promise<void> => {
    while (next <= requests && broken.length < MOST_BROKEN) {
      const number = next++;
      const { headers, body, goesAway } = requestOf(seeded(seed * SEEDS_APART + number), number);
      const { status, text } = await post(`${url}/fuzz/_bulk`, { authorization, ...headers }, body, goesAway);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 0) continue;
      const problem = problemOf(status, text);
      if (problem !== null) broken.push(`request ${number}: ${problem}`);
      if (status === 200) taken += statusesIn(text).length;
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  return { statuses, taken, broken };
}

function problemOf(status: number, text: string): string | null {
  if (!STATUSES.has(status)) return `answered ${status}: ${text.slice(0, 200)}`;
  if (status !== 200) return text.startsWith('{"error":') ? null : `no reason for ${status}: ${text.slice(0, 200)}`;
  const odd = statusesIn(text).find((one) => !ITEM_STATUSES.has(one));
  return odd === undefined ? null : `an item is answered ${JSON.stringify(odd)}`;
}

function statusesIn(text: string): readonly unknown[] {
  const { items } = JSON.parse(text) as { items: readonly Record<string, { status: unknown }>[] };
  return items.map((item) => Object.values(item)[0]?.status);
}

/** A request by hand; one that goes away ends its connection when half is sent. */
function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  goesAway: boolean,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const gone = { status: 0, text: '' };
    const sending = request(url, { method: 'POST', headers: { ...headers, 'content-length': body.length } });
    sending.on('error', () => resolve(gone));
    sending.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve(gone));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    if (!goesAway || body.length < 2) {
      sending.end(body);
      return;
    }
    sending.write(body.subarray(0, body.length / 2), () => sending.destroy());
  });
}
