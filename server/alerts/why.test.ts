import { expect, test } from 'vitest';
import type { Alert } from '#shared/alert/alert.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { whySentence } from './why.ts';

const alert = (changes: Partial<Alert>): Alert =>
  ({ hosts: ['web-1'], eventCount: 3, occurrences: 1, historyCovered: null, ...changes }) as Alert;

const rare = { newTerms: null, window: 61 * 60_000 } as Rule;
const fresh = { newTerms: { fields: ['process.command_line', 'host.id'], history: 7 * 86_400_000 } } as Rule;

test('a group is explained by what was measured', () => {
  const conditions = [
    { text: 'agent_count == 1', saw: '1', outcome: 'pass' as const },
    { text: 'cc < 5', saw: '3', outcome: 'pass' as const },
  ];
  expect(whySentence(alert({}), rare, conditions)).toBe(
    '3 matching events on web-1 within 61 minutes; the rule alerts where agent_count == 1 (here 1) and cc < 5 (here 3).',
  );
  expect(whySentence(alert({ hosts: ['a', 'b'], occurrences: 2, eventCount: 1 }), rare, [])).toBe(
    '1 matching event on 2 hosts in each of 2 windows.',
  );
});

test.each([
  [1, ''],
  [0.125, ' The data covers only 12 % of that time, so it may be new only because the data begins late.'],
  [0.001, ' The data covers only less than 1 % of that time, so it may be new only because the data begins late.'],
])('a new term says how much of the history is known (%d)', (historyCovered, more) => {
  expect(whySentence(alert({ historyCovered }), fresh, [])).toBe(
    `This combination of process.command_line and host.id did not occur in the 7 days before.${more}`,
  );
});

test('an alert outlives its rule', () => {
  expect(whySentence(alert({}), undefined, [])).toMatch(/no longer here/);
});
