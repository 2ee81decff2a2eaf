import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NAMES = ['sh', 'bash', 'nginx', 'php-fpm8.2', 'cron', 'sshd', 'ls', 'cat', 'python3', 'id', 'curl', 'pdftotext'];
const HOSTS = 200;
const START = Date.UTC(2026, 10, 14);

/** Events such as Elastic Defend writes for process starts on Linux, about 1.9 kB each; made up, the same for a seed. */
export function processEvent(index: number, random: () => number): object {
  const host = index % HOSTS;
  const time = new Date(START + index * 60).toISOString();
  const person = { id: 33, name: 'www-data' };
  const name = NAMES[Math.floor(random() * NAMES.length)] ?? 'sh';
  const parentName = NAMES[Math.floor(random() * NAMES.length)] ?? 'sh';
  const image = (of: string, file: number) => ({
    executable: `/usr/bin/${of}`,
    name: of,
    args: [of, '-c', `cat /var/www/html/file${file}.txt`],
    args_count: 3,
    command_line: `${of} -c cat /var/www/html/file${file}.txt`,
    working_directory: '/var/www/html',
    interactive: false,
  });
  const parentId = entityId(host, index >> 4);
  const leader = { entity_id: parentId, pid: 1, name: 'systemd', executable: '/usr/lib/systemd/systemd' };
  return {
    '@timestamp': time.replace('Z', `${String(index % 10_000).padStart(4, '0')}Z`),
    agent: { id: `4b1e8a52-0000-4000-8000-${String(host).padStart(12, '0')}`, type: 'endpoint', version: '8.17.0' },
    host: {
      id: `host-${host}`,
      name: `web${host}`,
      os: { type: 'linux', family: 'debian', platform: 'debian', name: 'Linux', full: 'Debian 12', version: '12.5' },
    },
    event: {
      id: `Nx${index.toString(36)}+++${host}`,
      kind: 'event',
      category: ['process'],
      type: ['start'],
      action: index % 3 === 0 ? 'fork' : 'exec',
      sequence: index,
      created: time,
      dataset: 'endpoint.events.process',
      module: 'endpoint',
    },
    process: {
      ...image(name, Math.floor(random() ** 3 * 8000)),
      pid: 1000 + (index % 30_000),
      entity_id: entityId(host, index),
      start: time,
      hash: { sha256: Buffer.from(name.padEnd(32, '.')).toString('hex') },
      user: person,
      real_user: person,
      Ext: { ancestry: [parentId, entityId(host, index >> 6), entityId(host, 1)] },
      ...(index % 3 === 0
        ? {}
        : { previous: [{ args: [parentName], args_count: 1, executable: `/usr/bin/${parentName}` }] }),
      parent: { ...image(parentName, host), pid: 900 + host, entity_id: parentId, start: time },
      entry_leader: { ...leader, entry_meta: { type: 'init' } },
      session_leader: leader,
    },
    user: person,
    data_stream: { type: 'logs', dataset: 'endpoint.events.process', namespace: 'default' },
  };
}

const entityId = (host: number, process: number): string =>
  Buffer.from(`sensor-4b1e8a52-${host}-process-${process}-1795`).toString('base64');

/** Events such as a shipper of Linux audit records writes for process starts, about 0.6 kB each. */
export function leanEvent(index: number, random: () => number): object {
  const host = index % HOSTS;
  const name = NAMES[Math.floor(random() * NAMES.length)] ?? 'sh';
  const parent = NAMES[Math.floor(random() * NAMES.length)] ?? 'sh';
  const args = [name, '-c', `cat /var/www/html/file${Math.floor(random() ** 3 * 8000)}.txt`];
  return {
    '@timestamp': new Date(START + index * 60).toISOString(),
    event: { id: `${START}:${index}`, kind: 'event', category: ['process'], type: ['start'], action: 'exec' },
    host: { id: `host-${host}`, name: `web${host}`, os: { type: 'linux' } },
    user: { id: '33', name: 'www-data' },
    process: {
      pid: 1000 + (index % 30_000),
      name,
      executable: `/usr/bin/${name}`,
      args,
      command_line: args.join(' '),
      working_directory: '/var/www/html',
      parent: { pid: 900 + host, name: parent, executable: `/usr/bin/${parent}` },
    },
  };
}

interface EventsToWrite {
  readonly seed?: number;
  readonly event?: (index: number, random: () => number) => object;
}

/** Writes so many events as NDJSON; gives the size in bytes. */
export async function writeEvents(
  path: string,
  count: number,
  { seed = 1, event = processEvent }: EventsToWrite = {},
): Promise<number> {
  const random = seeded(seed);
  const output = createWriteStream(path);
  for (let index = 0; index < count; index += 1) {
    if (!output.write(`${JSON.stringify(event(index, random))}\n`)) await once(output, 'drain');
  }
  output.end();
  await finished(output);
  return output.bytesWritten;
}
