import { expect, test } from 'vitest';
import type { AlertGroup } from '#shared/api/alerts.ts';
import { type Listed, lineCount, sectionAt, sectionsOf } from './sections.ts';

const group = (value: string | null, alerts: number): AlertGroup => ({
  value,
  alerts,
  open: alerts,
  hosts: 1,
  firstSeen: '2026-11-21T10:00:00.000Z',
  lastSeen: '2026-11-21T10:00:00.000Z',
  verdicts: {},
});
const LISTS: Readonly<Record<string, Listed>> = {
  '': { groups: [group('a', 3), group(null, 250)], total: 4 },
  'host:a': { groups: [group('x', 1), group('y', 2)], total: 2 },
};
const listed = (within: readonly string[]): Listed | undefined => LISTS[within.join('\n')];

test('folded groups are one line each, and what is not listed is told', () => {
  const sections = sectionsOf(['host'], new Set(), listed);
  expect(sections.map((section) => section.kind === 'row' && section.row.kind)).toEqual(['group', 'group', 'rest']);
});

test('the alerts of an unfolded group take as many lines as it has', () => {
  const sections = sectionsOf(['host'], new Set(['host:']), listed);
  expect(lineCount(sections)).toBe(1 + 1 + 250 + 1);
  expect(sectionAt(sections, 1)).toMatchObject({ kind: 'row', row: { within: ['host:'], unfolded: true } });
  expect(sectionAt(sections, 2)).toMatchObject({ kind: 'alerts', start: 2, within: ['host:'] });
  expect(sectionAt(sections, 251)).toMatchObject({ kind: 'alerts' });
  expect(sectionAt(sections, 252)).toMatchObject({ row: { kind: 'rest', groups: 2 } });
  expect(sectionAt(sections, 253)).toBeUndefined();
});

test('a group holds groups, and these their alerts', () => {
  const sections = sectionsOf(['host', 'user'], new Set(['host:a', 'host:a\u001fuser:y']), listed);
  const lines = sections.map((section) =>
    section.kind === 'alerts' ? `${section.length} alerts of ${section.within.join(' ')}` : section.row.level,
  );
  expect(lines).toEqual([1, 2, 2, '2 alerts of host:a user:y', 1, 1]);
});
