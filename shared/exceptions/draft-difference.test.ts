import { expect, test } from 'vitest';
import { draftDifference } from './draft-difference.ts';
import { type ExceptionInput, exceptionDraftSchema } from './item.ts';

const draft = (changes: Partial<ExceptionInput> = {}) =>
  exceptionDraftSchema.parse({
    rule: 'one',
    name: 'Thumbnails',
    reason: 'The shop makes them',
    stage: 'event',
    entries: [{ type: 'match', field: 'process.name', operator: 'included', value: 'convert' }],
    enabled: true,
    expiresAt: null,
    origin: null,
    ...changes,
  });

test('only what changed is named, what is gone first', () => {
  expect(draftDifference(draft(), draft())).toEqual([]);
  const entries: ExceptionInput['entries'] = [{ type: 'exists', field: 'process.name', operator: 'included' }];
  expect(draftDifference(draft(), draft({ entries, enabled: false }))).toEqual([
    { kind: 'gone', text: 'process.name is “convert”' },
    { kind: 'gone', text: 'switched on' },
    { kind: 'come', text: 'process.name exists' },
    { kind: 'come', text: 'switched off' },
  ]);
});

test('an exception is for one rule or stands in one list', () => {
  expect(() => draft({ list: 'shared' })).toThrow('one rule');
  expect(draft({ rule: null, list: 'shared' }).list).toBe('shared');
});
