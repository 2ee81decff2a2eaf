import { expect, test } from 'vitest';
import type { ExceptionDraft } from '#shared/exceptions/item.ts';
import { formEntry, readForm, valuesFrom } from './form-values.ts';

const NOW = Date.UTC(2026, 10, 21);
const DRAFT: ExceptionDraft = {
  rule: 'unusual-command-from-web-server-parent',
  list: null,
  osTypes: ['linux'],
  tags: ['shop', 'ci'],
  cases: [{ name: 'a shell', at: '2026-11-21T00:00:00Z', events: [{ 'event.id': 'a' }], alerts: [['a']] }],
  name: 'Thumbnails',
  reason: 'The shop resizes pictures',
  stage: 'event',
  entries: [
    { type: 'wildcard', field: 'process.command_line', operator: 'included', value: 'sh -c convert *' },
    { type: 'match_any', field: 'user.name', operator: 'excluded', value: ['root', ' admin '] },
    { type: 'exists', field: 'container.id', operator: 'excluded' },
    { type: 'list', field: 'host.ip', operator: 'included', list: { id: 'offices', type: 'ip_range' } },
    {
      type: 'nested',
      field: 'process.parent.thread',
      entries: [{ type: 'match', field: 'name', operator: 'included', value: 'x' }],
    },
  ],
  enabled: true,
  expiresAt: null,
  origin: null,
};

test('a draft goes through the form unchanged', () => {
  expect(readForm(valuesFrom(DRAFT, true), null, null, NOW)).toEqual({ draft: DRAFT });
});

test('a new one expires in ninety days', () => {
  expect(readForm(valuesFrom(DRAFT, false), null, null, NOW)).toMatchObject({
    draft: { expiresAt: '2027-02-19T00:00:00.000Z' },
  });
});

test('what is missing is said where it is missing', () => {
  const values = { ...valuesFrom({}, false), entries: [{ ...formEntry(), field: 'user.name' }] };
  const read = readForm(values, null, null, NOW);
  expect(Object.keys('errors' in read ? read.errors : {}).sort()).toEqual([
    'entries.0.value',
    'name',
    'reason',
    'rule',
  ]);
});
