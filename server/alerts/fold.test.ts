import { expect, test } from 'vitest';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { foldDrafts } from './fold.ts';
import { keysId, occurrenceId } from './identity.ts';

const draft = (tick: number, firstSeen: number, keys: AlertDraft['keys'] = { 'host.id': 'h1' }): AlertDraft => ({
  rule: 'one',
  keys,
  columns: keys,
  events: ['e'],
  firstSeen,
  lastSeen: firstSeen,
  tick,
  window: { from: tick - 10, to: tick },
  historyCovered: null,
  subject: {
    commandLine: null,
    processName: null,
    executable: null,
    workingDirectory: null,
    parentName: null,
    parentExecutable: null,
    hosts: [],
    users: [],
  },
});

const kinds = (...foldings: Parameters<typeof foldDrafts>) => foldDrafts(...foldings).map(({ kind }) => kind);

test('a new term reported by two overlapping runs is one occurrence', () => {
  expect(kinds('new_terms', [draft(100, 95), draft(105, 95)])).toEqual(['raise']);
});

test('a new term first seen anew recurs in its open alert', () => {
  const foldings = foldDrafts('new_terms', [draft(100, 95), draft(900, 895)]);
  expect(foldings.map(({ kind }) => kind)).toEqual(['raise', 'recur']);
  expect(foldings[1]?.alert).toBe(foldings[0]?.occurrence);
});

test('a group recurs with every run', () => {
  expect(kinds('esql', [draft(100, 95), draft(105, 95)])).toEqual(['raise', 'recur']);
});

test('other keys are another alert', () => {
  expect(kinds('esql', [draft(100, 95), draft(100, 95, { 'host.id': 'h2' })])).toEqual(['raise', 'raise']);
});

test('known occurrences add nothing, open alerts are joined, closed ones are not', () => {
  const known = draft(100, 95);
  const later = draft(200, 195);
  const hasOccurrence = (id: string) => id === occurrenceId('esql', known);
  expect(foldDrafts('esql', [known, later], { hasOccurrence, openAlert: () => 'a1' })).toMatchObject([
    { kind: 'recur', alert: 'a1' },
  ]);
  expect(kinds('esql', [known, later], { hasOccurrence, openAlert: () => null })).toEqual(['raise']);
});

test('identity does not depend on the order of keys, and tells types apart', () => {
  const id = (keys: AlertDraft['keys']) => keysId(draft(1, 1, keys));
  expect(id({ a: '1', b: null })).toBe(id({ b: null, a: '1' }));
  expect(
    new Set([id({ a: '1' }), id({ a: 1 }), id({ a: 1n }), id({ a: ['1'] }), id({ a: null }), id({ b: '1' })]).size,
  ).toBe(6);
  expect(id({ a: 'x' })).toMatch(/^[0-9a-f]{32}$/);
});
