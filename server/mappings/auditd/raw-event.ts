import { idOf, wordOf } from '../json.ts';
import { secondsTime, type Time } from '../times.ts';
import { argumentsOf } from './arguments.ts';
import type { AuditEvent } from './audit-event.ts';
import { type Fields, fieldsOf, plainOf, textOf } from './fields.ts';

/** The head of an audit record. A `node` stands before it, or the shipper's own words. */
export const RECORD =
  /(?:node=(?<node>[^ ]{1,255}) )?type=(?<type>[A-Z0-9_]{1,40}|UNKNOWN\[\d+\]) msg=audit\((?<time>\d{1,11}\.\d{1,9}):(?<serial>\d{1,15})\): ?/g;

/** A record's head, and where its text is. */
export interface RawRecord {
  readonly node: string | undefined;
  readonly type: string;
  readonly time: string;
  readonly serial: string;
  readonly text: string;
}

/** The records of a line: some shippers join those of an event. */
export function recordsOf(line: string): readonly RawRecord[] {
  const heads = [...line.matchAll(RECORD)];
  return heads.map((head, index) => {
    const { node, type = '', time = '', serial = '' } = head.groups ?? {};
    const end = heads[index + 1]?.index ?? line.length;
    return { node, type, time, serial, text: line.slice(head.index + head[0].length, end) };
  });
}

/** The records of one event as they are gathered. */
export interface RawEvent {
  readonly line: number;
  readonly time: Time;
  readonly serial: number;
  readonly host: string | undefined;
  syscall?: Fields;
  readonly execve: Fields[];
  cwd?: string | undefined;
  path?: string | undefined;
  title?: string | undefined;
  /** One of its lines holds records of other events too. */
  sharesLines?: boolean;
  readonly original: string[];
  size: number;
}

export const timeOf = ({ time }: RawRecord): Time | undefined => secondsTime(time);

/** Adds a record to its event. */
export function addRecord(event: RawEvent, { type, text }: RawRecord): void {
  if (type === 'SYSCALL') event.syscall ??= fieldsOf(text);
  else if (type === 'EXECVE') event.execve.push(fieldsOf(text));
  else if (type === 'CWD') event.cwd ??= textOf(fieldsOf(text).get('cwd'));
  else if (type === 'PATH' && /\bitem=0 /.test(text)) event.path ??= textOf(fieldsOf(text).get('name'));
  else if (type === 'PROCTITLE') event.title ??= textOf(fieldsOf(text).get('proctitle'));
}

/** Enriched names stand in upper case behind the raw ids. */
const account = (fields: Fields, id: string, name: string) => ({
  id: idOf(plainOf(fields.get(id))),
  name: wordOf(plainOf(fields.get(name))),
});

/** What the gathered records say together. */
export function auditEventOf(
  event: RawEvent,
  source: string,
  agent?: { id?: string | undefined; name?: string | undefined },
): AuditEvent {
  const fields: Fields = event.syscall ?? new Map();
  const plain = (name: string): string | undefined => wordOf(plainOf(fields.get(name)));
  return {
    line: event.line,
    source,
    time: event.time,
    serial: event.serial,
    host: agent ?? { name: event.host },
    syscall: {
      name: plain('SYSCALL'),
      arch: plain('arch'),
      number: plain('syscall'),
      success: plain('success'),
      exit: plain('exit'),
      a0: plain('a0'),
      pid: plain('pid'),
      ppid: plain('ppid'),
      user: account(fields, 'uid', 'UID'),
      group: account(fields, 'gid', 'GID'),
      loginUser: account(fields, 'auid', 'AUID'),
      comm: textOf(fields.get('comm')),
      exe: textOf(fields.get('exe')),
      key: textOf(fields.get('key')),
    },
    args: argumentsOf(event.execve) ?? titleArguments(event),
    workingDirectory: event.cwd,
    path: event.path,
    original: event.original.join('\n'),
  };
}

/** Without an EXECVE record an exec has only its title: arguments with a NUL between them, cut at 128 bytes. */
function titleArguments({ syscall, title }: RawEvent): readonly string[] | undefined {
  const number = syscall?.get('syscall');
  const isExec = syscall?.get('SYSCALL') === 'execve' || (syscall?.get('arch') === 'c000003e' && number === '59');
  return isExec && title !== undefined
    ? title.split('\0').filter((part, index, all) => part !== '' || index < all.length - 1)
    : undefined;
}
