import { formatInstant, type Instant } from '#shared/base/time.ts';
import type { Random } from './random.ts';

export interface User {
  readonly id: number;
  readonly name: string;
}

export const ROOT: User = { id: 0, name: 'root' };

/** A program about to run: what execve is given. */
export interface Image {
  readonly executable: string;
  readonly args: readonly string[];
  readonly directory?: string;
  readonly user?: User;
}

/** A process of a simulated machine, as its sensor would know it. */
export interface Process {
  readonly pid: number;
  readonly entityId: string;
  readonly start: Instant;
  readonly image: Required<Image>;
  readonly parent: Process | null;
}

export interface HostIdentity {
  readonly id: string;
  readonly name: string;
  readonly agent: string;
}

/** What a sensor reports of one moment of a process, before it has its number. */
interface Report {
  readonly at: Instant;
  readonly process: Process;
  readonly action: 'fork' | 'exec' | 'end';
  readonly exitCode: number | null;
  /** Digits of the time beyond milliseconds. */
  readonly fraction: number;
}

export interface TimedRecord {
  readonly at: Instant;
  readonly text: string;
}

/** `id` run by its full path, or an image with more to say. */
export const image = (commandLine: string, more: Partial<Image> = {}): Image => {
  const args = commandLine.split(' ');
  return { executable: args[0] ?? '', args, ...more };
};

/** `sh -c …` as libc's system() starts it. */
export const shell = (script: string, more: Partial<Image> = {}): Image => ({
  executable: '/bin/sh',
  args: ['sh', '-c', script],
  ...more,
});

const MAX_PID = 32_768;
const ANCESTRY = 5;

/**
 * One simulated Linux host with an Elastic Defend sensor on it: hands out pids, which wrap, and writes the fork, exec and
 * end documents of the processes that are run on it.
 */
export class Machine {
  private readonly reports: Report[] = [];
  private lastPid: number;
  readonly host: HostIdentity;
  private readonly random: Random;

  constructor(host: HostIdentity, random: Random) {
    this.host = host;
    this.random = random;
    this.lastPid = random.between(800, 2000);
  }

  /** Forks, and runs an image in the child; the process lives on until `end`. */
  start(at: Instant, parent: Process | null, program: Image): Process {
    const child = this.newProcess(at, parent, complete(program, parent));
    const forked: Process = parent ? { ...child, image: parent.image } : child;
    this.report(at, forked, 'fork');
    this.report(at + 2, child, 'exec');
    return child;
  }

  /** Forks a worker that goes on with its parent's image, as servers do; it may take another user or directory. */
  fork(at: Instant, parent: Process, changes: Partial<Pick<Image, 'user' | 'directory'>> = {}): Process {
    const child = this.newProcess(at, parent, { ...parent.image, ...changes });
    this.report(at, child, 'fork');
    return child;
  }

  end(at: Instant, process: Process, exitCode = 0): void {
    this.report(at, process, 'end', exitCode);
  }

  /** Runs an image to its end; returns when that was. */
  run(at: Instant, parent: Process, program: Image, lasting: number, children: readonly Image[] = []): Instant {
    const process = this.start(at, parent, program);
    let now = at + 4;
    for (const child of children)
      now = this.run(now, process, child, Math.max(3, Math.floor(lasting / (children.length + 1))));
    const finish = Math.max(at + lasting, now + 1);
    this.end(finish, process);
    return finish;
  }

  private newProcess(at: Instant, parent: Process | null, program: Required<Image>): Process {
    this.lastPid = this.lastPid >= MAX_PID ? 300 : this.lastPid + this.random.between(1, 7);
    const pid = this.lastPid;
    const entityId = Buffer.from(`${this.host.agent}-${pid}-${(at / 1000).toFixed(7)}`).toString('base64');
    return { pid, entityId, start: at, image: program, parent };
  }

  /** The documents of all that has happened so far, by time, numbered as the sensor numbers them. */
  records(): TimedRecord[] {
    const reports = [...this.reports].sort((left, right) => left.at - right.at);
    return reports.map((report, index) => ({
      at: report.at,
      text: JSON.stringify(this.documentOf(report, index + 1)),
    }));
  }

  private report(at: Instant, process: Process, action: Report['action'], exitCode: number | null = null): void {
    this.reports.push({ at, process, action, exitCode, fraction: this.random.between(0, 999_999) });
  }

  private documentOf({ at, process, action, exitCode, fraction }: Report, sequence: number): object {
    return {
      '@timestamp': formatInstant(at).replace('Z', `${String(fraction).padStart(6, '0')}Z`),
      event: {
        id: `${this.host.agent}-${sequence.toString(36).padStart(6, '0')}`,
        kind: 'event',
        category: ['process'],
        type: [action === 'end' ? 'end' : 'start'],
        action,
        module: 'endpoint',
        dataset: 'endpoint.events.process',
        sequence,
      },
      agent: { id: this.host.agent, type: 'endpoint' },
      host: { id: this.host.id, name: this.host.name, os: { type: 'linux', family: 'debian', name: 'Debian' } },
      data_stream: { dataset: 'endpoint.events.process', namespace: 'default', type: 'logs' },
      user: userOf(process),
      process: {
        ...details(process),
        ...(exitCode === null ? {} : { exit_code: exitCode, end: formatInstant(at) }),
        Ext: { ancestry: ancestryOf(process) },
        ...(process.parent && { parent: details(process.parent) }),
      },
    };
  }
}

const userOf = ({ image: { user } }: Process) => ({ id: user.id, name: user.name });

const details = (process: Process) => ({
  pid: process.pid,
  entity_id: process.entityId,
  start: formatInstant(process.start),
  executable: process.image.executable,
  name: process.image.executable.slice(process.image.executable.lastIndexOf('/') + 1),
  args: process.image.args,
  args_count: process.image.args.length,
  command_line: process.image.args.join(' '),
  working_directory: process.image.directory,
  user: userOf(process),
});

function ancestryOf(process: Process): string[] {
  const ids: string[] = [];
  for (let at = process.parent; at && ids.length < ANCESTRY; at = at.parent) ids.push(at.entityId);
  return ids;
}

/** What an image does not say it takes from the process it runs in. */
const complete = (program: Image, from: Process | null): Required<Image> => ({
  executable: program.executable,
  args: program.args,
  directory: program.directory ?? from?.image.directory ?? '/',
  user: program.user ?? from?.image.user ?? ROOT,
});
