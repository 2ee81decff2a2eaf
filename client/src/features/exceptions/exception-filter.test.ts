import { expect, test } from 'vitest';
import type { Listed } from './change-dialog.tsx';
import { type ExceptionFilter, filterExceptions } from './exception-filter.ts';

const listed = (part: Partial<Listed>): Listed => ({
  ...{
    id: '1',
    itemId: '1',
    meta: null,
    version: 1,
    rule: 'one',
    list: null,
    name: 'Nightly thumbnails',
    reason: 'The shop makes them',
  },
  ...{ stage: 'event', osTypes: [], tags: [], enabled: true, expiresAt: null, origin: null, cases: [], comments: [] },
  ...{ createdAt: '', createdBy: 'ada', updatedAt: '', updatedBy: 'ada', expired: false, rules: ['one'] },
  ...{ hits: 0, lastHit: null },
  entries: [{ type: 'match', field: 'process.executable', operator: 'included', value: '/opt/Thumb' }],
  ...part,
});
const EXCEPTIONS = [
  listed({ id: 'a' }),
  listed({ id: 'b', name: 'Backups', tags: ['agreed'], enabled: false, rules: ['two'] }),
  listed({ id: 'c', name: 'Probe', expired: true, rules: ['one', 'two'] }),
];
const ANY: ExceptionFilter = { text: '', state: 'any', rules: [] };
const found = (part: Partial<ExceptionFilter>): string =>
  filterExceptions(EXCEPTIONS, { ...ANY, ...part })
    .map(({ id }) => id)
    .join('');

test('by words of the name, the conditions, the reason or a tag, each of them, in any letter case', () => {
  expect(found({})).toBe('abc');
  expect(found({ text: 'thumbNAILS' })).toBe('a');
  expect(found({ text: '/opt/thumb' })).toBe('abc');
  expect(found({ text: 'shop back' })).toBe('b');
  expect(found({ text: 'AGREED' })).toBe('b');
  expect(found({ text: 'nowhere' })).toBe('');
});

test('by state and by rule', () => {
  expect(found({ state: 'applied' })).toBe('a');
  expect(found({ state: 'off' })).toBe('b');
  expect(found({ state: 'expired' })).toBe('c');
  expect(found({ rules: ['two'] })).toBe('bc');
  expect(found({ rules: ['two'], state: 'expired', text: 'probe' })).toBe('c');
});
