import { expect, test } from 'vitest';
import { graphLayout, graphMove } from './graph-layout.ts';
import type { TreeRow } from './tree-row.ts';

const row = (id: string, parent: string | null, level: number): TreeRow => ({
  id,
  parent,
  level,
  item: { kind: 'fold', id, shape: id, nodes: [] },
  position: 1,
  siblings: 1,
  lines: [],
  expandable: false,
  expanded: false,
});
const ROWS = [
  row('php', null, 1),
  row('sh', 'php', 2),
  row('id', 'sh', 3),
  row('ls', 'sh', 3),
  row('tar', 'php', 2),
  row('cron', null, 1),
];
const layout = graphLayout(ROWS);
const places = Object.fromEntries(layout.nodes.map(({ row: { id }, depth, across }) => [id, [depth, across]]));

test('leaves stand below each other in order, parents at the middle of their children', () => {
  expect(places).toEqual({ php: [0, 1.25], sh: [1, 0.5], id: [2, 0], ls: [2, 1], tar: [1, 2], cron: [0, 3] });
  expect([layout.depths, layout.breadth]).toEqual([3, 4]);
  expect(graphLayout([])).toEqual({ nodes: [], depths: 0, breadth: 0 });
});

test('no two boxes of one depth meet', () => {
  const rows = Array.from({ length: 300 }, (_, at) => {
    const parent = at === 0 ? null : Math.floor((at - 1) / 3);
    return { id: String(at), parent };
  });
  const levelOf = (id: string | null): number => (id === null ? 0 : 1 + levelOf(parentOf(id)));
  const parentOf = (id: string): string | null => {
    const parent = rows[Number(id)]?.parent ?? null;
    return parent === null ? null : String(parent);
  };
  const depthFirst = (id: string): string[] => [
    id,
    ...rows.filter(({ parent }) => String(parent) === id).flatMap((child) => depthFirst(child.id)),
  ];
  const { nodes } = graphLayout(depthFirst('0').map((id) => row(id, parentOf(id), levelOf(id))));
  for (const depth of new Set(nodes.map((node) => node.depth))) {
    const taken = nodes.filter((node) => node.depth === depth).map(({ across }) => across);
    const gaps = taken.slice(1).map((place, at) => place - (taken[at] ?? 0));
    expect(Math.min(1, ...gaps)).toBeGreaterThanOrEqual(1);
  }
});

test('arrows go to parent, first child, and the neighbours of the same depth', () => {
  const at = (id: string): number => ROWS.findIndex((candidate) => candidate.id === id);
  const move = (key: string, from: string): string | undefined => ROWS[graphMove(key, layout, at(from)) ?? -1]?.id;
  expect(move('ArrowLeft', 'ls')).toBe('sh');
  expect(move('ArrowRight', 'php')).toBe('sh');
  expect(move('ArrowDown', 'sh')).toBe('tar');
  expect(move('ArrowUp', 'tar')).toBe('sh');
  expect(move('ArrowDown', 'php')).toBe('cron');
  expect(move('ArrowRight', 'tar')).toBeUndefined();
  expect(move('End', 'php')).toBe('cron');
});
