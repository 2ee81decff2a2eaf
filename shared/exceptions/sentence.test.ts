import { expect, test } from 'vitest';
import { exceptionSentence } from './sentence.ts';

test('an exception reads as a sentence', () => {
  expect(
    exceptionSentence(
      [
        { type: 'match', field: 'process.name', operator: 'included', value: 'sh' },
        { type: 'match_any', field: 'host.name', operator: 'excluded', value: ['web-1', 'web-2'] },
        { type: 'wildcard', field: 'process.command_line', operator: 'included', value: '*backup*' },
        { type: 'wildcard', field: 'process.name', operator: 'excluded', value: 'x?' },
        { type: 'exists', field: 'container.id', operator: 'excluded' },
        { type: 'exists', field: 'user.id', operator: 'included' },
        { type: 'match', field: 'user.name', operator: 'excluded', value: 'root' },
      ],
      'event',
    ),
  ).toBe(
    'Leaves out events where process.name is “sh” and host.name is not one of “web-1”, “web-2” and process.command_line matches ' +
      '“*backup*” and process.name does not match “x?” and container.id does not exist and user.id exists and user.name is not “root”.',
  );
});

test('on results it says so', () => {
  expect(exceptionSentence([{ type: 'exists', field: 'cc', operator: 'included' }], 'result')).toBe(
    'Leaves out results where cc exists.',
  );
});
