import fc from 'fast-check';
import type { ProcessRecord } from '../record.ts';

/** One step of a made-up machine: which living process acts (by place), what it does, and how late its record is. */
export interface Step {
  readonly who: number;
  readonly what: 'fork' | 'exec' | 'end';
  /** Milliseconds since the step before. */
  readonly pause: number;
  /** Milliseconds by which its record comes late. */
  readonly late: number;
  readonly isLost: boolean;
}

export interface Options {
  readonly lostForks: boolean;
  readonly lostEnds: boolean;
}

/** What is true of a recorded start. Processes are numbered: a pid is not one. */
export interface Truth {
  readonly sequence: number;
  readonly process: number;
  readonly parent: number;
  readonly image: string;
  /** What the parent ran when it forked. */
  readonly parentImage: string;
  /** All that the parent has run by now. */
  readonly parentImages: readonly string[];
  /** The parent has ended: the kernel names another. */
  readonly isOrphan: boolean;
}

export interface History {
  /** In the order in which they come. */
  readonly records: readonly ProcessRecord[];
  readonly truth: readonly Truth[];
}

export const schedule = (): fc.Arbitrary<Step> =>
  fc.record({
    who: fc.nat(50),
    what: fc.constantFrom('fork', 'fork', 'exec', 'exec', 'end'),
    pause: fc.integer({ min: 0, max: 40 }),
    late: fc.integer({ min: 0, max: 2000 }),
    isLost: fc.boolean(),
  });

interface Living {
  readonly number: number;
  readonly pid: number;
  readonly parent: Living | undefined;
  image: string;
  readonly images: string[];
  /** What the parent ran when it forked this one. */
  readonly parentImage: string;
}

/** So few that they are used again and again. */
const PIDS = 6;
/** A pid is not given out again at once: clocks of records differ by less. */
const REST = 25;

/** A run of a machine whose first process is recorded from its start. */
export function history(steps: readonly Step[], options: Options): History {
  const living: Living[] = [
    { number: 0, pid: 100, parent: undefined, image: 'init', images: ['init'], parentImage: '' },
  ];
  const freed = new Map<number, number>();
  const records: { readonly record: ProcessRecord; readonly arrives: number }[] = [];
  const truth: Truth[] = [];
  let [now, sequence, born] = [1_000_000, 0, 0];

  const write = (
    process: Living,
    action: ProcessRecord['action'],
    parentPid: number | undefined,
    late: number,
  ): void => {
    sequence += 1;
    const isExec = action === 'exec';
    const record: ProcessRecord = {
      line: sequence,
      source: 'test',
      time: { text: new Date(now).toISOString(), at: now },
      sequence,
      action,
      host: { id: 'h' },
      process: { pid: process.pid, ...(isExec && { executable: `/bin/${process.image}`, name: process.image }) },
      parent: { pid: parentPid },
      original: '',
    };
    records.push({ record, arrives: now + late });
  };
  const know = (process: Living): void => {
    if (!process.parent) return;
    const { number, parent, image, parentImage } = process;
    const { images: parentImages } = parent;
    const isOrphan = !living.includes(parent);
    truth.push({ sequence, process: number, parent: parent.number, image, parentImage, parentImages, isOrphan });
  };

  const [first] = living;
  if (first) write(first, 'exec', undefined, 0);
  for (const { who, what, pause, late, isLost } of steps) {
    now += 1 + pause;
    const actor = living[who % living.length];
    if (!actor) continue;
    if (what === 'fork') {
      const pid = Array.from({ length: PIDS }, (_, index) => index + 101).find(
        (one) => !living.some((other) => other.pid === one) && (freed.get(one) ?? 0) + REST < now,
      );
      if (pid === undefined) continue;
      born += 1;
      const child: Living = {
        number: born,
        pid,
        parent: actor,
        image: actor.image,
        images: [actor.image],
        parentImage: actor.image,
      };
      living.push(child);
      if (options.lostForks && isLost) continue;
      write(child, 'fork', actor.pid, late);
      know(child);
    } else if (what === 'exec') {
      actor.image = `image-${sequence}`;
      actor.images.push(actor.image);
      const isOrphan = actor.parent !== undefined && !living.includes(actor.parent);
      write(actor, 'exec', isOrphan ? 1 : actor.parent?.pid, late);
      know(actor);
    } else if (actor.parent) {
      living.splice(living.indexOf(actor), 1);
      freed.set(actor.pid, now);
      if (!(options.lostEnds && isLost)) write(actor, 'end', undefined, late);
    }
  }
  const arrived = records.toSorted((left, right) => left.arrives - right.arrives);
  return { records: arrived.map(({ record }) => record), truth };
}
