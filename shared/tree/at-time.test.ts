import { expect, test } from 'vitest';
import { hasEnded, spanOf, treeAt } from './at-time.ts';
import type { ProcessNode, ProcessTree } from './process.ts';

const second = (at: number): string => new Date(Date.UTC(2026, 10, 21, 10, 0, at)).toISOString();
const node = (id: string, parent: string | null, start: number | null, end: number | null = null): ProcessNode =>
  ({
    id,
    parent,
    start: start === null ? null : second(start),
    end: end === null ? null : second(end),
    placeholder: start === null,
  }) as ProcessNode;

const TREE: ProcessTree = {
  roots: ['php'],
  truncated: false,
  nodes: [node('php', null, null), node('sh', 'php', 5, 20), node('id', 'sh', 8, 9), node('late', 'php', 30)],
};
const idsAt = (at: number): string[] => treeAt(TREE, Date.parse(second(at))).nodes.map(({ id }) => id);

test('the tree grows with the time', () => {
  expect(idsAt(0)).toEqual([]);
  expect(idsAt(5)).toEqual(['php', 'sh']);
  expect(idsAt(8)).toEqual(['php', 'sh', 'id']);
  expect(idsAt(30)).toEqual(['php', 'sh', 'id', 'late']);
});

test('a child that seems older than its parent stands alone', () => {
  const odd = { ...TREE, roots: ['a'], nodes: [node('a', null, 10), node('b', 'a', 4)] };
  expect(treeAt(odd, Date.parse(second(5)))).toMatchObject({ roots: ['b'], nodes: [{ id: 'b' }] });
});

test('it spans from the first start to the last sign', () => {
  expect(spanOf(TREE)).toEqual({ from: Date.parse(second(5)), to: Date.parse(second(30)) });
  expect(spanOf({ ...TREE, nodes: [] })).toBeNull();
  expect(spanOf({ ...TREE, nodes: [node('a', null, 3)] })).toBeNull();
});

test('what has ended is known by its end', () => {
  expect([8, 9].map((at) => hasEnded(node('id', 'sh', 8, 9), Date.parse(second(at))))).toEqual([false, true]);
  expect(hasEnded(node('x', null, 8), Date.parse(second(100)))).toBe(false);
});
