import type { Random } from '#server/demo/random.ts';
import { formatInstant, type Instant, MINUTE } from '#shared/base/time.ts';
import { jsonText, written } from '#shared/evaluate/generate/json.ts';

const START: Instant = Date.UTC(2026, 2, 8, 10);

export interface DocumentOptions {
  readonly count: number;
  /** Over so many minutes, in the order of their times. */
  readonly minutes: number;
  /** Bytes that are put into each record beside what is read of it. */
  readonly padding: number;
  /** Every record is a document with an id, and nested: the loader reads such a file by one strict parse. */
  readonly isTidy: boolean;
}

/** Lines of records of a few web servers, with all that makes two readings of a file differ: see `documentOf`. */
export function drawRecords(random: Random, { count, minutes, padding, isTidy }: DocumentOptions): readonly string[] {
  const step = (minutes * MINUTE) / count;
  const drawn: string[] = [];
  let time = START;
  for (let index = 0; index < count; index++) {
    // Ties: every few share their millisecond, some with different digits below it.
    if (!random.chance(0.2)) time = START + Math.floor(index * step);
    const document = documentOf(random, index, time);
    if (isTidy) document['event.id'] ??= `t${index}`;
    const text = textOf(random, document, padding, isTidy);
    drawn.push(text);
    if (random.chance(0.02)) drawn.push(text);
    if (!isTidy && random.chance(0.01)) drawn.push(random.pick(BROKEN));
  }
  return drawn;
}

const BROKEN = [
  '{"@timestamp":"2026-03-08T10:00:00Z","event":{"id":"cut',
  '{"event":{"id":"undated"}}',
  '{"@timestamp":"soon","event":{"id":"odd"}}',
  '[1,2]',
  'no json',
] as const satisfies readonly [string, ...string[]];

const COMMANDS = [
  ...['sh -c id', 'sh -c "ls -l"', 'file -b /tmp/x', 'curl http://h/ü😀', 'perl -e 1', ''],
  ...['nul\0nul', '\ufeffmark', 'a\nb', '\u001b[2K', 'straße\u2028'],
] as const;

function documentOf(random: Random, index: number, time: Instant): Record<string, unknown> {
  const name = random.pick(['sh', 'file', 'bash', 'curl', 'perl', 'Sh', 'ﬁle']);
  const host = `h${random.between(1, 4)}`;
  return {
    '@timestamp': timeText(random, time),
    'event.id': random.chance(0.03) ? undefined : random.chance(0.01) ? `e${index - 5}` : `e${index}`,
    'event.category': random.pick<unknown>(['process', ['process'], ['process', 'network']]),
    'event.type': random.pick<unknown>(['start', ['start'], ['start', 'end']]),
    'event.action': random.pick<unknown>(['exec', 'exec', 'exec', ['fork', 'exec', 'end'], 'fork']),
    'event.ingested': random.chance(0.5) ? formatInstant(time + random.between(0, 40) * MINUTE) : undefined,
    'host.os.type': 'linux',
    'host.id': random.pick<unknown>([host, host, host, [host, 'h9'], null, []]),
    'host.name': `web-${host}`,
    'host.ip': random.pick<unknown>([
      '10.0.0.1',
      ['10.0.0.1', 'fe80::1'],
      '2001:db8::7',
      'none',
      'FE80:0::1',
      '::ffff:10.0.0.1',
      '010.0.0.1',
    ]),
    'agent.id': random.pick<unknown>(['a1', 'a2', 7, written('7.50'), '7.5']),
    'user.id': random.pick<unknown>(['33', 33, '0', ['33', '0'], written('1e3'), [written('33.0'), '33']]),
    'user.name': 'www-data',
    'process.pid': random.pick<unknown>([index, String(index), [index, 1]]),
    'process.name': name,
    'process.executable': random.chance(0.03) ? `/${'x'.repeat(1024)}` : `/usr/bin/${name}`,
    'process.command_line': random.chance(0.1) ? `${name} -${random.word(2)}` : random.pick(COMMANDS),
    'process.args': random.pick<unknown>([[name, '-c', 'id'], name, [[name], null, 'id']]),
    'process.working_directory': random.pick<unknown>(['/srv', '/srv', '/var/www', null]),
    'process.parent.name': random.pick<unknown>(['nginx', 'php-fpm8.2', 'apache2', 'bash']),
    'process.parent.executable': random.pick<unknown>(['/usr/sbin/nginx', '/usr/sbin/php-fpm8.2', '/usr/sbin/apache2']),
  };
}

/** All that is a date of this millisecond. */
function timeText(random: Random, time: Instant): string | number {
  const text = formatInstant(time);
  return random.pick<string | number>([
    text,
    text,
    text.replace('Z', `${random.between(100, 999)}Z`),
    text.replace('Z', `${random.between(100_000, 999_999)}Z`),
    text.replace('Z', '+00:00'),
    time,
  ]);
}

/** Dotted, nested, or half and half: the same fields. */
function textOf(random: Random, flat: Readonly<Record<string, unknown>>, padding: number, isTidy: boolean): string {
  const isNested = isTidy || random.chance(0.7);
  const document: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(flat)) {
    if (isNested && (isTidy || !random.chance(0.02))) nest(document, name.split('.'), value);
    else document[name] = value;
  }
  if (padding > 0) document['padding'] = random.word(8).repeat(padding / 8);
  return jsonText(document);
}

function nest(into: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[key] = value;
    return;
  }
  into[key] ??= {};
  nest(into[key] as Record<string, unknown>, rest, value);
}
