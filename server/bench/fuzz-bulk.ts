import { setTimeout as sleep } from 'node:timers/promises';
import { fuzzBulk } from '#server/prove/bulk/fuzz-bulk.ts';
import { buildProgram } from '#server/prove/program.ts';
import { memoryOf } from './memory-of.ts';

/** Broken bulk requests of about twenty lines each, against the program as a process of its own: it must go on, and count right. */
const LINES = Number(process.argv[2] ?? 1_000_000);
const SEED = Number(process.argv[3] ?? 1);
const LINES_A_REQUEST = 20;
/** Requests on their way at once: what they wait for is the disk, for all of them together. */
const SENDERS = 8;

interface Sources {
  readonly waitingBytes: number;
  readonly trouble: string | null;
  readonly sources: readonly { readonly records: number }[];
}

const program = await buildProgram();
const running = await program.start();
try {
  const headers = { 'content-type': 'application/json' };
  const made = await fetch(`${running.url}/api/ingest-keys`, { method: 'POST', headers, body: '{"name":"fuzz"}' });
  const { secret } = (await made.json()) as { secret: string };
  const options = { url: running.url, authorization: `Bearer ${secret}`, seed: SEED, senders: SENDERS };
  const fuzzed = await fuzzBulk({ ...options, requests: Math.ceil(LINES / LINES_A_REQUEST) });
  const look = async (): Promise<Sources> => (await (await fetch(`${running.url}/api/sources`)).json()) as Sources;
  while ((await look()).waitingBytes > 0) await sleep(200);
  const { sources, trouble } = await look();
  const counted = sources.reduce((sum, { records }) => sum + records, 0);
  process.stdout.write(`${[...fuzzed.statuses].map(([status, count]) => `${status}: ${count}`).join(', ')}\n`);
  process.stdout.write(`${fuzzed.taken} lines taken, ${counted} counted, trouble: ${trouble ?? 'none'}\n`);
  process.stdout.write(`${(await memoryOf(running.pid)).most} MB at most\n`);
  for (const problem of fuzzed.broken) process.stdout.write(`${problem}\n`);
  if (fuzzed.broken.length > 0 || counted !== fuzzed.taken || trouble !== null) process.exitCode = 1;
} finally {
  await running.stop();
  await program.remove();
}
