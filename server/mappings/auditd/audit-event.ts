import { integerOf } from '../json.ts';
import { absolutePath, baseName } from '../paths.ts';
import type { Account, ProcessRecord } from '../record.ts';
import type { Time } from '../times.ts';
import { isThread, syscallKind } from './syscalls.ts';

/** One event of the kernel's audit, whatever wrote it down: all words decoded. */
export interface AuditEvent {
  readonly line: number;
  readonly source: string;
  readonly time: Time;
  readonly serial: number;
  readonly host: Account;
  readonly agentId?: string | undefined;
  readonly syscall: {
    readonly name?: string | undefined;
    readonly arch?: string | undefined;
    readonly number?: string | undefined;
    readonly success?: string | undefined;
    readonly exit?: string | undefined;
    /** First argument, hex without a prefix. */
    readonly a0?: string | undefined;
    readonly pid?: string | undefined;
    readonly ppid?: string | undefined;
    readonly user?: Account;
    readonly group?: Account;
    readonly loginUser?: Account;
    readonly session?: string | undefined;
    readonly comm?: string | undefined;
    readonly exe?: string | undefined;
    readonly key?: string | undefined;
  };
  readonly args?: readonly string[] | undefined;
  /** Where only one string is known. */
  readonly commandLine?: string | undefined;
  readonly workingDirectory?: string | undefined;
  /** Name of PATH item 0. */
  readonly path?: string | undefined;
  /** What the source says of the parent: path with symlinks resolved, and comm, cut at 15 bytes. */
  readonly parent?: { readonly exe?: string | undefined; readonly comm?: string | undefined } | undefined;
  readonly container?: string | undefined;
  readonly original: string;
}

/** Why an audit event is no process event, in few words. */
export type NoProcess = string;

/** The process event in an audit event, or why there is none. */
export function processRecordOf(event: AuditEvent): ProcessRecord | NoProcess {
  const { syscall } = event;
  const isExec = event.args !== undefined || event.commandLine !== undefined;
  const kind = isExec ? 'exec' : syscallKind(syscall.name, syscall.arch, syscall.number);
  if (kind === undefined) return 'not a process record';
  const pid = integerOf(syscall.pid);
  if (pid === undefined) return 'incomplete audit event';
  if (kind === 'end') return { ...common(event), action: 'end', process: endOf(event, pid) };
  if (syscall.success === 'no') return kind === 'exec' ? 'failed exec' : 'failed fork';
  return kind === 'exec' ? execOf(event, pid) : forkOf(event, pid, kind);
}

function common({ line, source, time, serial, host, agentId, syscall, container, original }: AuditEvent) {
  return {
    line,
    source,
    time,
    sequence: serial,
    host,
    agentId,
    parent: { pid: integerOf(syscall.ppid) },
    user: syscall.user,
    group: syscall.group,
    more: {
      ...(syscall.loginUser?.id !== undefined && { auditd: { login_user: { ...syscall.loginUser } } }),
      ...(container !== undefined && { container: { id: container } }),
      ...(syscall.key !== undefined && { tags: syscall.key.split('\u0001') }),
    },
    original,
  };
}

const endOf = (event: AuditEvent, pid: number): ProcessRecord['process'] => ({
  pid,
  end: event.time.text,
  exitCode: /^[0-9a-f]{1,8}$/i.test(event.syscall.a0 ?? '')
    ? Number.parseInt(event.syscall.a0 ?? '', 16) & 0xff
    : undefined,
});

function execOf(event: AuditEvent, pid: number): ProcessRecord {
  const { syscall, args, workingDirectory } = event;
  const given = event.path === undefined ? undefined : absolutePath(event.path, workingDirectory);
  const executable = given ?? withoutDeleted(syscall.exe);
  const { parent } = event;
  return {
    ...common(event),
    action: 'exec',
    process: {
      pid,
      executable,
      name: baseName(executable),
      args,
      commandLine: args ? args.join(' ') : event.commandLine,
      workingDirectory,
    },
    parentFallback: parent && { executable: parent.exe, name: parent.comm },
    resolvedExecutable: withoutDeleted(syscall.exe),
  };
}

function forkOf(event: AuditEvent, actor: number, kind: 'fork' | 'clone' | 'clone3'): ProcessRecord | NoProcess {
  const { syscall } = event;
  const child = integerOf(syscall.exit);
  if (kind === 'clone' && isThread(syscall.a0)) return 'new thread';
  if (child === undefined || child === 0) return 'incomplete audit event';
  const executable = withoutDeleted(syscall.exe);
  const image = { executable, name: baseName(executable) ?? syscall.comm, resolved: executable };
  return {
    ...common(event),
    action: 'fork',
    process: { pid: child },
    parent: { pid: actor },
    actor: { pid: actor, parentPid: integerOf(syscall.ppid), image },
    isTentative: kind === 'clone3',
  };
}

/** The kernel says so of a file that is no longer there under its name. */
const withoutDeleted = (exe: string | undefined): string | undefined => exe?.replace(/ \(deleted\)$/, '');
