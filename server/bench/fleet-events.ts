import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Instant } from '#shared/base/time.ts';
import { seeded } from './events.ts';

const HOSTS = 200;
const START = Date.UTC(2026, 10, 14);
const WEEK = 7 * 24 * 3_600_000;

interface Image {
  readonly name: string;
  readonly executable: string;
  readonly directory: string;
  readonly user: string;
  readonly commandLine: string;
}

const image = (name: string, commandLine: string, user = 'root', directory = '/'): Image => ({
  name,
  executable: `/usr/bin/${name}`,
  directory,
  user,
  commandLine,
});

const PARENTS = ['systemd', 'cron', 'sshd', 'bash', 'containerd-shim', 'dpkg', 'make', 'git', 'rsync', 'node_exporter'];
const CHILDREN = [
  'ls',
  'cat',
  'grep',
  'sed',
  'awk',
  'find',
  'sh',
  'bash',
  'python3',
  'gcc',
  'date',
  'df',
  'ps',
  'run-parts',
];
const WEB_PARENTS = ['nginx', 'php-fpm8.2', 'apache2', 'gunicorn', 'python3.11', 'java', 'ruby3.1', 'php-cgi'];
const WEB_CHILDREN = ['sh', 'sh', 'file', 'convert', 'pdftotext', 'id', 'sendmail', 'identify', 'ffmpeg'];

/** Of few things often, of many things seldom. */
const skewed = (random: () => number, count: number): number => Math.floor(random() ** 4 * count);
const pick = <Item>(items: readonly Item[], random: () => number): Item =>
  items[Math.floor(random() * items.length)] as Item;

/** 90 % of what a fleet starts has nothing to do with web servers; a few of a web server's commands are seen once. */
function drawProcess(random: () => number, index: number): { readonly parent: Image; readonly child: Image } {
  const file = skewed(random, 8000);
  if (random() > 0.1) {
    const [parent, child] = [pick(PARENTS, random), pick(CHILDREN, random)];
    return { parent: image(parent, parent), child: image(child, `${child} -a /srv/data/${file}`) };
  }
  const parent = pick(WEB_PARENTS, random);
  const child = pick(WEB_CHILDREN, random);
  const rare = random() < 0.005 ? ` --once ${index}` : '';
  const commandLine =
    child === 'sh' ? `sh -c convert /srv/img/${file % 4}.png${rare}` : `${child} -b ${file % 4}${rare}`;
  return {
    parent: image(parent, `${parent}: worker ${file % 4}`, 'www-data', '/var/www'),
    child: image(child, commandLine, 'www-data', '/var/www/html'),
  };
}

const fieldsOf = ({ name, executable, directory, commandLine }: Image) => ({
  name,
  executable,
  working_directory: directory,
  command_line: commandLine,
  args: commandLine.split(' '),
});

/** The session and the service that a process belongs to, as Elastic Defend names them in each event. */
function leaders(host: number, entity: (process: number) => string, time: string) {
  const leader = (process: number, name: string, user: string) => ({
    entity_id: entity(process),
    pid: 700 + process,
    name,
    executable: `/usr/bin/${name}`,
    args: [`/usr/bin/${name}`],
    args_count: 1,
    interactive: false,
    start: time,
    user: { id: user === 'root' ? 0 : 33, name: user },
    working_directory: '/',
  });
  return {
    entry_leader: { ...leader(host, 'systemd', 'root'), entry_meta: { type: 'init' } },
    session_leader: leader(host + 1, 'sshd', 'root'),
  };
}

function fleetEvent(index: number, count: number, random: () => number): object {
  const host = Math.floor(random() * HOSTS);
  const { parent, child } = drawProcess(random, index);
  const entity = (process: number) => Buffer.from(`sensor-4b1e8a52-${host}-process-${process}-1795`).toString('base64');
  const time = new Date(START + Math.floor((index / count) * WEEK)).toISOString();
  const user = { id: child.user === 'root' ? 0 : 33, name: child.user };
  return {
    '@timestamp': time,
    agent: { id: `4b1e8a52-0000-4000-8000-${String(host).padStart(12, '0')}`, type: 'endpoint', version: '8.17.0' },
    host: {
      id: `host-${host}`,
      name: `web${host}`,
      os: { type: 'linux', family: 'debian', platform: 'debian', name: 'Linux', full: 'Debian 12', version: '12.5' },
    },
    event: {
      id: `N${index.toString(36)}`,
      kind: 'event',
      category: ['process'],
      type: [index % 5 === 0 ? 'end' : 'start'],
      action: ['end', 'fork', 'exec', 'exec', 'exec'][index % 5],
      sequence: index,
      created: time,
      dataset: 'endpoint.events.process',
      module: 'endpoint',
    },
    user,
    process: {
      ...fieldsOf(child),
      pid: 1000 + (index % 30_000),
      entity_id: entity(index),
      hash: { sha256: Buffer.from(child.name.padEnd(32, '.')).toString('hex') },
      user,
      parent: { ...fieldsOf(parent), pid: 900 + host, entity_id: entity(index >> 4) },
      ...leaders(host, entity, time),
      Ext: { ancestry: [entity(index >> 4), entity(index >> 8)] },
    },
    data_stream: { type: 'logs', dataset: 'endpoint.events.process', namespace: 'default' },
  };
}

/** A stretch of a fleet's events, by their numbers. */
export interface Stretch {
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/**
 * Writes a week of a fleet's process events as NDJSON, about 1.8 kB each: mostly not of web servers, command lines from few to
 * thousands of kinds. The same for the same number and stretch; of a week too large for one file, a stretch a file. Gives the
 * size in bytes.
 */
export async function writeFleetEvents(
  path: string,
  count: number,
  part: Stretch = { from: 0, to: count },
): Promise<number> {
  const random = seeded(count + part.from);
  const output = createWriteStream(path);
  for (let index = part.from; index < part.to; index += 1) {
    if (!output.write(`${JSON.stringify(fleetEvent(index, count, random))}\n`)) await once(output, 'drain');
  }
  output.end();
  await finished(output);
  return output.bytesWritten;
}

/** Children of each process of a tree. */
const BRANCHES = 8;

/** Writes the starts of one tree of so many processes on one host, the ids of its events being `tree 0`, `tree 1`, …, as NDJSON. */
export async function writeTree(path: string, count: number, start: Instant): Promise<void> {
  const entity = (process: number) => Buffer.from(`sensor-4b1e8a52-tree-process-${process}-1795`).toString('base64');
  const output = createWriteStream(path);
  for (let index = 0; index < count; index += 1) {
    const above = Math.floor((index - 1) / BRANCHES);
    const parent = { ...fieldsOf(image('make', `make -C ${above}`)), pid: 1000 + above, entity_id: entity(above) };
    const event = {
      '@timestamp': new Date(start + index * 100).toISOString(),
      host: { id: 'host-7', name: 'web7' },
      event: {
        id: `tree ${index}`,
        kind: 'event',
        category: ['process'],
        type: ['start'],
        action: 'exec',
        sequence: index,
      },
      process: {
        ...fieldsOf(image('make', `make -C ${index}`)),
        pid: 1000 + index,
        entity_id: entity(index),
        ...(index > 0 && { parent, Ext: { ancestry: [entity(above)] } }),
      },
    };
    if (!output.write(`${JSON.stringify(event)}\n`)) await once(output, 'drain');
  }
  output.end();
  await finished(output);
}
