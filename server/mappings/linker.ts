import { MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import type { Milliseconds } from '#shared/base/time.ts';
import { boundedMap } from './bounded-map.ts';
import { completed, hostKey } from './complete.ts';
import { documentOf } from './document.ts';
import { type Mapped, type MapperOptions, rejected, skipped } from './mapping.ts';
import type { Moment } from './process-facts.ts';
import { processTable } from './process-table.ts';
import type { KnownImage, ProcessRecord } from './record.ts';

/** Turns records into documents as soon as what belongs before them must have come. */
export interface Linker {
  readonly push: (record: ProcessRecord) => readonly Mapped[];
  readonly end: () => readonly Mapped[];
  readonly unknownParents: () => number;
}

const HOLD: Milliseconds = 5000;

/** Most events that wait; beyond that the oldest goes with what is known. */
const MOST_WAITING = 20_000;

const MOST_HOSTS = 10_000;

/** Most characters of lines that wait, and of processes that are remembered. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/**
 * Events wait in order of arrival until their host's clock has passed them by `hold`, so that records which come late or
 * out of order have been seen before a parent is looked up.
 */
export function openLinker({ hold = HOLD, host: unnamed }: MapperOptions = {}): Linker {
  const table = processTable();
  const entities = boundedMap<ProcessRecord['process']>(100_000, MOST_CHARACTERS);
  const clocks = boundedMap<number>(MOST_HOSTS, Number.POSITIVE_INFINITY);
  const acting = new Set<string>();
  let waiting: ({ readonly record: ProcessRecord; readonly moment: Moment } | undefined)[] = [];
  let first = 0;
  let arrived = 0;
  let unknown = 0;
  let characters = 0;

  const release = (isAll: boolean): readonly Mapped[] => {
    const ready: Mapped[] = [];
    for (let head = waiting[first]; head; head = waiting[first]) {
      const isDue = hold > 0 && head.moment.at + hold <= (clocks.get(hostKey(head.record)) ?? 0);
      if (!isAll && !isDue && waiting.length - first <= MOST_WAITING && characters <= MOST_CHARACTERS) break;
      waiting[first] = undefined;
      first += 1;
      characters -= head.record.original.length;
      ready.push(emit(head.record, head.moment));
    }
    if (first > 1000 && first * 2 > waiting.length) {
      waiting = waiting.slice(first);
      first = 0;
    }
    return ready;
  };

  function emit(record: ProcessRecord, moment: Moment): Mapped {
    const host = hostKey(record);
    const { pid } = record.process;
    if (record.isTentative && pid !== undefined && !acting.has(`${pid} ${host}`)) {
      return skipped(record.line, 'new thread, or a process that did nothing');
    }
    const whole = completed(record, moment, { table, entities });
    const { executable, name } = whole.parent;
    if (executable === undefined && name === undefined && record.action !== 'end') unknown += 1;
    const text = documentOf(whole);
    if (Buffer.byteLength(text) <= MAX_RECORD_BYTES) return { kind: 'event', line: record.line, text };
    return rejected(record.line, 'its document is longer than a record may be', record.original);
  }

  return {
    push(given) {
      const record = hostKey(given) === '' && unnamed !== undefined ? { ...given, unnamedHost: unnamed } : given;
      arrived += 1;
      const moment = { at: record.time.at, order: record.sequence ?? arrived };
      const host = hostKey(record);
      learn(record, moment, host);
      clocks.set(host, Math.max(clocks.get(host) ?? Number.NEGATIVE_INFINITY, moment.at), 1);
      waiting.push({ record, moment });
      characters += record.original.length;
      return release(false);
    },
    end: () => release(true),
    unknownParents: () => unknown,
  };

  /** Puts what a record tells into the table. */
  function learn(record: ProcessRecord, moment: Moment, host: string): void {
    const { action, process, parent, actor } = record;
    if (actor) {
      table.add(host, actor.pid, { kind: 'seen', moment, parentPid: actor.parentPid, image: actor.image });
      act(actor.pid, host);
    }
    if (process.entityId !== undefined) {
      // The source tells lives apart by itself, and better: it may report the end of a thread as that of its process.
      if (action !== 'end') entities.set(process.entityId, process, 200 + (process.commandLine?.length ?? 0));
      return;
    }
    if (process.pid === undefined) return;
    if (action === 'fork' && parent.pid !== undefined) {
      table.add(host, process.pid, {
        kind: 'fork',
        moment,
        parentPid: parent.pid,
        resolved: actor?.image.resolved,
      });
      return;
    }
    act(process.pid, host);
    if (action === 'end') {
      table.add(host, process.pid, { kind: 'end', moment });
      return;
    }
    // After exec in place a sensor may name the process itself, as it was, for its parent.
    const parentPid = parent.pid === process.pid ? undefined : parent.pid;
    table.add(host, process.pid, { kind: 'exec', moment, parentPid, image: knownImage(record) });
  }

  function act(pid: number, host: string): void {
    acting.add(`${pid} ${host}`);
    if (acting.size > 2 * MOST_WAITING) acting.clear();
  }
}

function knownImage({ process, resolvedExecutable }: ProcessRecord): KnownImage {
  const { executable, name, args, commandLine, workingDirectory } = process;
  return { executable, name, args, commandLine, workingDirectory, resolved: resolvedExecutable };
}
