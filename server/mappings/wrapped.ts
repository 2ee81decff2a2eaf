import { at, parseObject, wordAt, wordOf } from './json.ts';

/** A sensor's own line, and what its carrier says of the host. */
export interface Payload {
  readonly text: string;
  readonly host?: string | undefined;
}

/** Where carriers put a line: Sentinel's Syslog table, Filebeat, Elastic's pipelines, journald, container runtimes. */
const PLACES: readonly (readonly string[])[] = [
  ['SyslogMessage'],
  ['event', 'original'],
  ['event.original'],
  ['message'],
  ['MESSAGE'],
  ['log'],
];

/**
 * The line that a JSON record carries; a line that is not JSON is its own. Undefined for JSON that carries none, or that
 * somebody has already read a process from.
 */
export function payloadOf(line: string): Payload | undefined {
  if (!line.startsWith('{')) return { text: line };
  const parsed = parseObject(line);
  if (!parsed.ok) return undefined;
  const record = parsed.value;
  if (at(record, 'process') !== undefined || at(record, 'process.pid') !== undefined) return undefined;
  for (const place of PLACES) {
    const text = at(record, ...place);
    if (typeof text === 'string' && text !== '') return { text, host: hostOf(record) };
  }
  return undefined;
}

const hostOf = (record: object): string | undefined =>
  wordAt(record, 'Computer') ??
  wordAt(record, 'host', 'name') ??
  wordAt(record, 'HostName') ??
  wordOf(at(record, 'host')) ??
  wordAt(record, 'hostname');
