import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildTree, type TreeContext } from './build-tree.ts';
import type { ProcessTree } from './process.ts';
import type { ProcessEvent } from './process-event.ts';

const CONTEXT: TreeContext = { subject: new Set(), alertsByEvent: new Map(), prevalence: () => null, truncated: false };

type Overrides = Partial<Omit<ProcessEvent, 'parent'>> & { readonly parent?: Partial<ProcessEvent['parent']> };

const event = (overrides: Overrides): ProcessEvent => ({
  id: `${overrides.pid}-${overrides.actions?.join('+')}-${overrides.at}`,
  at: 0,
  order: [0],
  host: 'web1',
  hostName: null,
  pid: null,
  entityId: null,
  actions: ['exec'],
  name: null,
  executable: null,
  commandLine: null,
  workingDirectory: null,
  user: null,
  start: null,
  end: null,
  exitCode: null,
  ...overrides,
  parent: {
    pid: null,
    entityId: null,
    name: null,
    executable: null,
    commandLine: null,
    start: null,
    ...overrides.parent,
  },
});

/** The tree as indented lines: name, pid, marks. */
function draw(tree: ProcessTree): string[] {
  const depth = new Map<string, number>();
  return tree.nodes.map((node) => {
    const own = node.parent === null ? 0 : (depth.get(node.parent) ?? 0) + 1;
    depth.set(node.id, own);
    const marks = `${node.placeholder ? ' unseen' : ''}${node.forkOnly && !node.placeholder ? ' fork' : ''}${node.subject ? ' *' : ''}`;
    return `${'  '.repeat(own)}${node.name ?? '?'} ${node.pid ?? '?'}${marks}`;
  });
}

test('fork, exec and end of one process are one node; children stand under parents by start time', () => {
  const tree = buildTree(
    [
      event({ at: 30, pid: 3, actions: ['exec'], name: 'id', commandLine: 'id', parent: { pid: 2 } }),
      event({ at: 10, pid: 2, actions: ['fork'], name: 'php-fpm', parent: { pid: 1 } }),
      event({ at: 20, pid: 2, actions: ['exec'], name: 'sh', commandLine: 'sh -c id', parent: { pid: 1 } }),
      event({ at: 5, pid: 1, actions: ['exec'], name: 'php-fpm', parent: {} }),
      event({ at: 40, pid: 3, actions: ['end'], name: 'id', exitCode: 0, parent: { pid: 2 } }),
    ],
    { ...CONTEXT, subject: new Set(['2-exec-20']) },
  );
  expect(draw(tree)).toEqual(['php-fpm 1', '  sh 2 *', '    id 3']);
  expect(tree.nodes[1]).toMatchObject({
    commandLine: 'sh -c id',
    commandShape: 'sh -c id',
    images: [{ name: 'sh' }],
    forkOnly: false,
  });
  expect(tree.nodes[2]).toMatchObject({ exitCode: 0, end: '1970-01-01T00:00:00.040Z' });
});

test('a merged document is birth, image and end at once', () => {
  const tree = buildTree(
    [
      event({
        at: 50,
        pid: 7,
        actions: ['fork', 'exec', 'end'],
        name: 'id',
        start: 40,
        end: 50,
        exitCode: 1,
        parent: { pid: 6, name: 'sh' },
      }),
    ],
    CONTEXT,
  );
  expect(draw(tree)).toEqual(['sh 6 unseen', '  id 7']);
  expect(tree.nodes[1]).toMatchObject({
    start: '1970-01-01T00:00:00.040Z',
    end: '1970-01-01T00:00:00.050Z',
    exitCode: 1,
  });
});

test("a pid used again is another process, and its children are not the first one's", () => {
  const tree = buildTree(
    [
      event({ at: 10, pid: 9, actions: ['fork'], name: 'first', parent: { pid: 1 } }),
      event({ at: 20, pid: 9, actions: ['end'], name: 'first', parent: { pid: 1 } }),
      event({ at: 500, pid: 9, actions: ['fork'], name: 'second', parent: { pid: 1 } }),
      event({ at: 600, pid: 10, actions: ['exec'], name: 'child', parent: { pid: 9 } }),
    ],
    CONTEXT,
  );
  expect(draw(tree)).toEqual(['? 1 unseen', '  first 9 fork', '  second 9 fork', '    child 10']);
});

test('a parent that the sensor names by another entity id is not the process that now has its pid', () => {
  const tree = buildTree(
    [
      event({ at: 10, pid: 4, entityId: 'new', name: 'other', actions: ['exec'] }),
      event({ at: 20, pid: 5, entityId: 'kid', name: 'kid', parent: { pid: 4, entityId: 'old', name: 'gone' } }),
    ],
    CONTEXT,
  );
  expect(draw(tree)).toEqual(['other 4', 'gone 4 unseen', '  kid 5']);
});

test('an exec that issues a new entity id for the same pid stays one node', () => {
  const tree = buildTree(
    [
      event({
        at: 10,
        pid: 12,
        entityId: 'entry',
        actions: ['exec'],
        name: 'entrypoint.sh',
        parent: { pid: 1, entityId: 'init' },
      }),
      event({
        at: 20,
        pid: 12,
        entityId: 'nginx',
        actions: ['exec'],
        name: 'nginx',
        parent: { pid: 12, entityId: 'entry' },
      }),
      event({
        at: 30,
        pid: 13,
        entityId: 'kid',
        actions: ['exec'],
        name: 'sh',
        parent: { pid: 12, entityId: 'nginx' },
      }),
    ],
    CONTEXT,
  );
  expect(draw(tree)).toEqual(['? 1 unseen', '  nginx 12', '    sh 13']);
  expect(tree.nodes[1]?.images.map((image) => image.name)).toEqual(['entrypoint.sh', 'nginx']);
});

test('hosts never share processes', () => {
  const tree = buildTree(
    [
      event({ at: 10, pid: 2, host: 'web1', name: 'nginx' }),
      event({ at: 20, pid: 3, host: 'web2', name: 'sh', parent: { pid: 2 } }),
    ],
    CONTEXT,
  );
  expect(draw(tree)).toEqual(['nginx 2', '? 2 unseen', '  sh 3']);
});

test('records that name each other as parent end in a tree all the same', () => {
  const tree = buildTree(
    [
      event({ at: 10, pid: 2, entityId: 'a', name: 'a', parent: { entityId: 'b', pid: 3 } }),
      event({ at: 10, pid: 3, entityId: 'b', name: 'b', parent: { entityId: 'a', pid: 2 } }),
    ],
    CONTEXT,
  );
  expect(tree.nodes).toHaveLength(2);
  expect(tree.roots).toHaveLength(1);
});

interface Process {
  readonly pid: number;
  readonly entityId: string;
  readonly parent: Process | null;
  readonly born: number;
  readonly dies: number;
}

/** A machine's processes: few pids, used again only after the earlier life has ended. */
const machine = fc
  .array(
    fc.record({ parent: fc.nat(), pid: fc.integer({ min: 2, max: 9 }), life: fc.integer({ min: 50, max: 4000 }) }),
    { minLength: 1, maxLength: 40 },
  )
  .map((births) => {
    const processes: Process[] = [{ pid: 1, entityId: 'e0', parent: null, born: 0, dies: 1e9 }];
    for (const [index, birth] of births.entries()) {
      const born = (index + 1) * 1000;
      const alive = processes.filter((process) => process.born + 100 < born && process.dies > born + 100);
      const parent = alive[birth.parent % alive.length] ?? null;
      const taken = processes.some((process) => process.pid === birth.pid && process.dies >= born - 100);
      if (parent && !taken)
        processes.push({ pid: birth.pid, entityId: `e${index + 1}`, parent, born, dies: born + birth.life });
    }
    return processes;
  });

const recordsOf = (process: Process, withEntities: boolean): ProcessEvent[] => {
  const common = {
    pid: process.pid,
    entityId: withEntities ? process.entityId : null,
    name: process.entityId,
    parent: { pid: process.parent?.pid ?? null, entityId: withEntities ? (process.parent?.entityId ?? null) : null },
  };
  return [
    event({ ...common, at: process.born, actions: ['fork'] }),
    event({ ...common, at: process.born + 20, actions: ['exec'] }),
    event({ ...common, at: process.dies, actions: ['end'] }),
  ];
};

test.each([true, false])(
  'in any order of arrival every process finds its own parent (entity ids: %s)',
  (withEntities) => {
    fc.assert(
      fc.property(
        machine.chain((processes) =>
          fc.tuple(
            fc.constant(processes),
            fc.shuffledSubarray(
              processes.flatMap((process) => recordsOf(process, withEntities)),
              { minLength: processes.length * 3 },
            ),
          ),
        ),
        ([processes, records]) => {
          const nodes = new Map(buildTree(records, CONTEXT).nodes.map((node) => [node.id, node]));
          const named = [...nodes.values()].map((node) => [
            node.name,
            node.parent === null ? null : nodes.get(node.parent)?.name,
          ]);
          expect(named.sort()).toEqual(
            processes.map((process) => [process.entityId, process.parent?.entityId ?? null]).sort(),
          );
        },
      ),
    );
  },
);
