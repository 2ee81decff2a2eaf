import { expect, test } from 'vitest';
import { allOpen, changedUser, findNodes, foldSiblings, indexTree, layoutTree, openAtFirst, waysTo } from './layout.ts';
import type { ProcessNode, ProcessTree } from './process.ts';
import { treeAsSvg } from './tree-svg.ts';
import { treeAsText } from './tree-text.ts';

function process(id: string, parent: string | null, members: Partial<ProcessNode> = {}): ProcessNode {
  return {
    id,
    parent,
    host: 'web-01',
    pid: null,
    entityId: id,
    name: 'sh',
    executable: '/bin/sh',
    commandLine: `sh -c ${id}`,
    commandShape: `sh -c ${id}`,
    workingDirectory: '/',
    user: 'www-data',
    start: '2026-11-21T10:00:00.000Z',
    end: null,
    exitCode: null,
    images: [],
    events: [],
    placeholder: false,
    forkOnly: false,
    alerts: [],
    subject: false,
    prevalence: null,
    hiddenChildren: 0,
    ...members,
  };
}

const convert = (id: string, more: Partial<ProcessNode> = {}) =>
  process(id, 'php', { commandShape: 'convert <path>', ...more });

const TREE: ProcessTree = {
  roots: ['php'],
  truncated: false,
  nodes: [
    process('php', null, { name: 'php-fpm', commandLine: 'php-fpm: pool www', placeholder: true }),
    convert('c1'),
    convert('c2'),
    convert('odd', { subject: true }),
    process('id', 'odd', { commandLine: 'id\u202e', pid: 77 }),
    convert('c3'),
  ],
};
const index = indexTree(TREE);
const rowsWith = (open: ReadonlySet<string>) => layoutTree(index, (id) => open.has(id));

test('alike siblings fold into one row, the subject stands alone', () => {
  const items = foldSiblings(index.children.get('php') ?? [], index);
  expect(items.map((item) => (item.kind === 'fold' ? item.nodes.length : item.node.id))).toEqual([3, 'odd']);
});

test('the way to the subject is open at first, the fold is not', () => {
  const rows = rowsWith(openAtFirst(index));
  expect(rows.map(({ id }) => id)).toEqual(['php', 'fold c1', 'odd', 'id']);
  expect(rows.map(({ level, position, siblings }) => [level, position, siblings])).toEqual([
    [1, 1, 1],
    [2, 1, 2],
    [2, 2, 2],
    [3, 1, 1],
  ]);
});

test('children that few hosts have are not folded, unless they are many', () => {
  const rare = { prevalence: { hosts: 1, ofHosts: 24 } };
  const under = (count: number) => Array.from({ length: count }, (_, at) => convert(`r${at}`, rare));
  expect(foldSiblings(under(4), index).every(({ kind }) => kind === 'process')).toBe(true);
  expect(foldSiblings(under(20), index)).toMatchObject([{ kind: 'fold' }]);
});

test('searching opens the fold that hides what was found', () => {
  const found = findNodes(index, 'SH -C C2');
  expect(found).toEqual(['c2']);
  expect(rowsWith(waysTo(found, index)).map(({ id }) => id)).toContain('c2');
});

test('a change of user is known where both are', () => {
  const nodes = [
    process('php', null),
    process('su', 'php', { user: 'root' }),
    process('same', 'php'),
    process('unknown', 'php', { user: null }),
  ];
  const changes = indexTree({ roots: ['php'], nodes, truncated: false });
  expect(nodes.map((node) => changedUser(changes, node))).toEqual([null, 'www-data', null, null]);
});

test('everything can be opened, folds too', () => {
  const open = allOpen(index);
  expect(rowsWith(open).map(({ id }) => id)).toEqual(['php', 'fold c1', 'c1', 'c2', 'c3', 'odd', 'id']);
});

test('a wide tree is searched and opened in one go', () => {
  const wide: ProcessTree = {
    roots: ['php'],
    truncated: false,
    nodes: [process('php', null), ...Array.from({ length: 20_000 }, (_, at) => convert(`w${at}`))],
  };
  const many = indexTree(wide);
  const found = findNodes(many, 'sh -c w');
  expect(found).toHaveLength(20_000);
  expect([...waysTo(found, many)]).toEqual(['php', 'fold w0']);
});

test('as a picture nothing of it is markup', () => {
  const hostile = process('x', null, {
    commandLine: '</text><script>alert(1)</script> http://203.0.113.9/a \u202egnp',
    user: '"><image href="http://evil.example.com/x"/>',
  });
  const svg = treeAsSvg(layoutTree(indexTree({ roots: ['x'], nodes: [hostile], truncated: false }), () => true));
  expect([...svg.matchAll(/<\/?([a-z]+)/g)].map(([, name]) => name)).toEqual(
    expect.not.arrayContaining(['script', 'image', 'a']),
  );
  expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\/|<[^>]*\shref|\u202e/);
  expect(svg).toContain('hxxp[:]//203[.]0[.]113[.]9/a');
});

test('as text it keeps its lines and spells out what is hostile', () => {
  expect(treeAsText(rowsWith(openAtFirst(index)))).toBe(
    [
      'php-fpm: pool www  [www-data, 2026-11-21T10:00:00.000Z, parent not in data]',
      '├─ convert <path> ×3',
      '└─ sh -c odd  [www-data, 2026-11-21T10:00:00.000Z, ◀ alert]',
      '   └─ id\\u{202e}  [pid 77, www-data, 2026-11-21T10:00:00.000Z]',
    ].join('\n'),
  );
});
