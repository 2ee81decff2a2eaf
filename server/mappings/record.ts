import type { JsonObject } from './json.ts';
import type { Time } from './times.ts';

/** What a process runs. A source with one command string has no `args`: a command line is never split. */
export interface Image {
  /** The path as given to execve. */
  readonly executable?: string | undefined;
  readonly name?: string | undefined;
  readonly args?: readonly string[] | undefined;
  readonly commandLine?: string | undefined;
  readonly workingDirectory?: string | undefined;
}

/** An image with what the kernel calls its file: symlinks resolved, of a script the interpreter. */
export interface KnownImage extends Image {
  readonly resolved?: string | undefined;
}

export interface ProcessFields extends Image {
  readonly pid?: number | undefined;
  /** Of the source; absent, it is made from host, pid and start. */
  readonly entityId?: string | undefined;
  /** ISO 8601. */
  readonly start?: string | undefined;
}

export interface Account {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

export type Action = 'exec' | 'fork' | 'end' | 'already_running';

/** A process event as a source tells it, before the process table fills what it leaves out. */
export interface ProcessRecord {
  /** Number of its first line. */
  readonly line: number;
  /** Name of the mapping. */
  readonly source: string;
  readonly time: Time;
  /** Order among the records of a host at one time: the source's own number, or none. */
  readonly sequence?: number | undefined;
  readonly action: Action;
  /** A detection, not a stream of everything that starts. */
  readonly isAlert?: boolean;
  readonly host: Account;
  /** Stands for the host where the record names none. */
  readonly unnamedHost?: string;
  readonly agentId?: string | undefined;
  readonly process: ProcessFields & {
    readonly end?: string | undefined;
    readonly exitCode?: number | undefined;
  };
  readonly parent: ProcessFields;
  /** Used for the parent where the process table knows no better, such as a resolved path. */
  readonly parentFallback?: Image | undefined;
  /** Of the process that makes a record about another (the forking one): what it runs, should nothing else tell. */
  readonly actor?:
    | { readonly pid: number; readonly parentPid?: number | undefined; readonly image: KnownImage }
    | undefined;
  /** Might be a thread: an event only if the child is seen to act. */
  readonly isTentative?: boolean;
  readonly user?: Account | undefined;
  readonly group?: Account | undefined;
  /** Path of the image with symlinks resolved, or the interpreter of a script. */
  readonly resolvedExecutable?: string | undefined;
  /** More ECS fields at the top: container, rule, … */
  readonly more?: JsonObject | undefined;
  /** More fields of `process`, and of `event`. */
  readonly moreProcess?: JsonObject | undefined;
  readonly moreEvent?: JsonObject | undefined;
  /** The lines it is made of, as they came. */
  readonly original: string;
}
