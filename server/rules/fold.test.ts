import { expect, test } from 'vitest';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { foldDrafts } from './fold.ts';
import { keysId, occurrenceId } from './identity.ts';

/** A group of an aggregate: known by its run. */
const draft = (tick: number, firstSeen: number, keys: AlertDraft['keys'] = { 'host.id': 'h1' }): AlertDraft => ({
  rule: 'one',
  keys,
  columns: keys,
  events: ['e'],
  firstSeen,
  lastSeen: firstSeen,
  tick,
  window: { from: tick - 10, to: tick },
  occurrence: tick,
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

/** A new term, or an event: known by when it was first seen. */
const term = (tick: number, firstSeen: number): AlertDraft => ({ ...draft(tick, firstSeen), occurrence: firstSeen });

const kinds = (...foldings: Parameters<typeof foldDrafts>) => foldDrafts(...foldings).map(({ kind }) => kind);

test('a new term reported by two overlapping runs is one occurrence', () => {
  expect(kinds([term(100, 95), term(105, 95)])).toEqual(['raise']);
});

test('a new term first seen anew recurs in its open alert', () => {
  const foldings = foldDrafts([term(100, 95), term(900, 895)]);
  expect(foldings.map(({ kind }) => kind)).toEqual(['raise', 'recur']);
  expect(foldings[1]?.alert).toBe(foldings[0]?.occurrence);
});

test('a group recurs with every run', () => {
  expect(kinds([draft(100, 95), draft(105, 95)])).toEqual(['raise', 'recur']);
});

test('other keys are another alert', () => {
  expect(kinds([draft(100, 95), draft(100, 95, { 'host.id': 'h2' })])).toEqual(['raise', 'raise']);
});

test('known occurrences add nothing, open alerts are joined, closed ones are not', () => {
  const known = draft(100, 95);
  const later = draft(200, 195);
  const hasOccurrence = (id: string) => id === occurrenceId(known);
  expect(foldDrafts([known, later], { hasOccurrence, openAlert: () => 'a1' })).toMatchObject([
    { kind: 'recur', alert: 'a1' },
  ]);
  expect(kinds([known, later], { hasOccurrence, openAlert: () => null })).toEqual(['raise']);
});

test('identity does not depend on the order of keys, and tells types apart', () => {
  const id = (keys: AlertDraft['keys']) => keysId(draft(1, 1, keys));
  expect(id({ a: '1', b: null })).toBe(id({ b: null, a: '1' }));
  expect(
    new Set([id({ a: '1' }), id({ a: 1 }), id({ a: 1n }), id({ a: ['1'] }), id({ a: null }), id({ b: '1' })]).size,
  ).toBe(6);
  expect(id({ a: 'x' })).toMatch(/^[0-9a-f]{32}$/);
});
