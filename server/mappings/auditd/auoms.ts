import { idOf, wordOf } from '../json.ts';
import { secondsTime } from '../times.ts';
import type { AuditEvent } from './audit-event.ts';
import { fieldsOf, plainOf } from './fields.ts';

const HEAD = /type=AUOMS_(\w{1,40}) (?:msg=)?audit\((\d{1,11}\.\d{1,9}):(\d{1,15})\): ?/;

export const isAuoms = (text: string): boolean => HEAD.test(text);

/** Where the command begins. */
const COMMAND = ' cmdline=';

/**
 * A line of Microsoft's AUOMS: all records of an event as one. Quotes within `cmdline` are not escaped, so it ends at the
 * `redactors` that follow, or where the line was cut. Undefined for other records than an exec.
 */
export function auomsEvent(
  text: string,
  line: number,
  original: string,
  carrier: string | undefined,
): AuditEvent | undefined {
  const head = HEAD.exec(text);
  const time = secondsTime(head?.[2]);
  if (!head || !time || head[1] !== 'EXECVE') return undefined;
  const body = text.slice(head.index + head[0].length);
  const start = body.indexOf(COMMAND);
  const fields = fieldsOf(start === -1 ? body : body.slice(0, start));
  const plain = (name: string): string | undefined => wordOf(plainOf(fields.get(name)));
  return {
    line,
    source: 'auditd',
    time,
    serial: Number(head[3]),
    host: { name: plain('node') ?? carrier },
    syscall: {
      name: plain('syscall'),
      success: plain('success'),
      pid: plain('pid'),
      ppid: plain('ppid'),
      user: { id: idOf(plain('uid')), name: plain('user') },
      group: { id: idOf(plain('gid')), name: plain('group') },
      loginUser: { id: idOf(plain('auid')), name: plain('audit_user') },
      comm: plain('comm'),
      exe: plain('exe'),
      key: plain('key'),
    },
    commandLine: start === -1 ? undefined : commandOf(body.slice(start + COMMAND.length)),
    workingDirectory: plain('cwd'),
    path: plain('name'),
    container: wordOf(/ containerid=([0-9a-f]{8,64})/.exec(body)?.[1]),
    original,
  };
}

function commandOf(rest: string): string {
  const end = rest.lastIndexOf(' redactors=');
  return (end === -1 ? rest : rest.slice(0, end)).replace(/^"/, '').replace(/"$/, '');
}
