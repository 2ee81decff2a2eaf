import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openLinker } from './linker.ts';
import type { Mapped } from './mapping.ts';
import { processTable } from './process-table.ts';
import type { ProcessRecord } from './record.ts';
import { type History, history, type Options, schedule, type Truth } from './testing/process-histories.ts';

interface Linked {
  readonly event: { readonly sequence: number; readonly action: string };
  readonly process: {
    readonly name?: string;
    readonly entity_id: string;
    readonly parent?: { readonly pid?: number; readonly name?: string; readonly entity_id?: string };
  };
}

function link(records: readonly ProcessRecord[]): ReadonlyMap<number, Linked> {
  const linker = openLinker();
  const mapped: Mapped[] = [...records.flatMap((record) => linker.push(record)), ...linker.end()];
  const documents = mapped.flatMap((one): Linked[] => (one.kind === 'event' ? [JSON.parse(one.text)] : []));
  return new Map(documents.map((document) => [document.event.sequence, document]));
}

/** Of each start that linking found a parent for, that it is the one who forked it; where `isExact`, that it was found. */
function check({ records, truth }: History, isExact: (truth: Truth) => boolean): void {
  const linked = link(records);
  expect(linked.size).toBe(records.length);
  for (const one of truth) {
    const { sequence, parentImage, parentImages, image } = one;
    const found = linked.get(sequence);
    const name = found?.process.parent?.name;
    if (isExact(one)) expect({ sequence, name }).toEqual({ sequence, name: parentImage });
    else if (name !== undefined) expect(parentImages).toContain(name);
    if (found?.event.action === 'fork' && (isExact(one) || found.process.name !== undefined)) {
      expect({ sequence, image: found.process.name }).toEqual({ sequence, image });
    }
  }
}

/** Every life has an id of its own, and its children name it. */
function expectOneIdEach(truth: History['truth'], linked: ReadonlyMap<number, Linked>): void {
  const ids = new Map<number, string | undefined>();
  for (const { sequence, process, parent } of truth) {
    const { entity_id: own, parent: told } = linked.get(sequence)?.process ?? { entity_id: undefined };
    for (const [life, id] of [
      [process, own],
      [parent, told?.entity_id],
    ] as const) {
      if (id === undefined) continue;
      expect(ids.get(life) ?? id).toBe(id);
      ids.set(life, id);
    }
  }
  expect(new Set(ids.values()).size).toBe(ids.size);
}

const histories = (options: Options) =>
  fc.array(schedule(), { minLength: 5, maxLength: 120 }).map((steps) => history(steps, options));

const RUNS = { numRuns: 300 };

describe('parents by host, pid and life', () => {
  test('are exact where every fork and end is recorded, in whatever order the records come', () => {
    const made = histories({ lostForks: false, lostEnds: false });
    fc.assert(
      fc.property(made, (one) => {
        check(one, () => true);
        expectOneIdEach(one.truth, link(one.records));
      }),
      RUNS,
    );
  });

  test('where ends are lost and pids are used again, are exact but for orphans, and never a stranger', () => {
    const made = histories({ lostForks: false, lostEnds: true });
    fc.assert(
      fc.property(made, (one) => check(one, ({ isOrphan }) => !isOrphan)),
      RUNS,
    );
  });

  test('where forks are lost and pids are used again, are never a stranger', () => {
    const made = histories({ lostForks: true, lostEnds: false });
    fc.assert(
      fc.property(made, (one) => check(one, () => false)),
      RUNS,
    );
  });
});

describe('a process table', () => {
  const at = (time: number) => ({ at: time, order: time });

  test('remembers no more pids than it may', () => {
    const table = processTable({ mostPids: 100 });
    for (let pid = 1; pid <= 1000; pid += 1)
      table.add('h', pid, { kind: 'exec', moment: at(pid), image: { name: 'a' } });
    expect(table.size()).toBe(100);
    expect(table.lifeAt('h', 1, at(2000))).toBeUndefined();
    expect(table.lifeAt('h', 1000, at(2000))).toBeDefined();
  });

  test('does not grow with what one pid does', () => {
    const table = processTable();
    for (let time = 0; time < 10_000; time += 1) {
      table.add('h', 1, { kind: 'exec', moment: at(time), parentPid: 9, image: { name: `n${time}` } });
    }
    const life = table.lifeAt('h', 1, at(10_000));
    expect(life?.images.length).toBeLessThan(100);
    expect(life && table.imageAt('h', life, at(10_000))?.name).toBe('n9999');
  });

  test('keeps the parent of birth when the kernel gives an orphan another', () => {
    const table = processTable();
    table.add('h', 5, { kind: 'fork', moment: at(100), parentPid: 4 });
    table.add('h', 4, { kind: 'end', moment: at(200) });
    table.add('h', 5, { kind: 'exec', moment: at(300), parentPid: 1, image: { name: 'late' } });
    expect(table.lifeAt('h', 5, at(300))).toMatchObject({ parentPid: 4, start: at(100) });
  });

  test('takes another parent for another process while the first still lives', () => {
    const table = processTable();
    table.add('h', 5, { kind: 'fork', moment: at(100), parentPid: 4 });
    table.add('h', 5, { kind: 'exec', moment: at(300), parentPid: 7, image: { name: 'stranger' } });
    expect(table.lifeAt('h', 5, at(300))).toMatchObject({ parentPid: 7, birth: undefined });
  });
});
