import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
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

/** 97 % of what a fleet starts has nothing to do with web servers; a few of a web server's commands are seen once. */
function drawProcess(random: () => number, index: number): { readonly parent: Image; readonly child: Image } {
  const file = skewed(random, 8000);
  if (random() > 0.03) {
    const [parent, child] = [pick(PARENTS, random), pick(CHILDREN, random)];
    return { parent: image(parent, parent), child: image(child, `${child} -a /srv/data/${file}`) };
  }
  const parent = pick(WEB_PARENTS, random);
  const child = pick(WEB_CHILDREN, random);
  const rare = random() < 0.005 ? ` --once ${index}` : '';
  const commandLine =
    child === 'sh' ? `sh -c convert /srv/img/${file % 40}.png${rare}` : `${child} -b ${file % 40}${rare}`;
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

function fleetEvent(index: number, count: number, random: () => number): object {
  const host = Math.floor(random() * HOSTS);
  const { parent, child } = drawProcess(random, index);
  const entity = (process: number) => Buffer.from(`sensor-4b1e8a52-${host}-process-${process}-1795`).toString('base64');
  return {
    '@timestamp': new Date(START + Math.floor((index / count) * WEEK)).toISOString(),
    agent: { id: `4b1e8a52-0000-4000-8000-${String(host).padStart(12, '0')}`, type: 'endpoint' },
    host: { id: `host-${host}`, name: `web${host}`, os: { type: 'linux', name: 'Linux' } },
    event: {
      id: `N${index.toString(36)}`,
      kind: 'event',
      category: ['process'],
      type: [index % 5 === 0 ? 'end' : 'start'],
      action: ['end', 'fork', 'exec', 'exec', 'exec'][index % 5],
    },
    user: { id: child.user === 'root' ? 0 : 33, name: child.user },
    process: {
      ...fieldsOf(child),
      pid: 1000 + (index % 30_000),
      entity_id: entity(index),
      parent: { ...fieldsOf(parent), pid: 900 + host, entity_id: entity(index >> 4) },
      Ext: { ancestry: [entity(index >> 4), entity(index >> 8)] },
    },
  };
}

/**
 * Writes a week of a fleet's process events as NDJSON: mostly not of web servers, command lines from few to thousands of
 * kinds. The same for the same number.
 */
export async function writeFleetEvents(path: string, count: number): Promise<void> {
  const random = seeded(count);
  const output = createWriteStream(path);
  for (let index = 0; index < count; index += 1) {
    if (!output.write(`${JSON.stringify(fleetEvent(index, count, random))}\n`)) await once(output, 'drain');
  }
  output.end();
  await finished(output);
}
