import { expect, test } from 'vitest';
import { splitMerged } from './split-merged.ts';

const merged = (event: string, rest = ''): string =>
  `{"@timestamp":"2026-03-01T10:00:00.1234567Z",${rest}"event":${event}}`;

test('one document an action, each with its own id and type; numbers keep their digits', () => {
  const text = merged(
    '{"id":"Nx1","type":["start","end"],"action":["fork","exec","end"],"sequence":12345678901234567890}',
    '"process":{"args":["a",  "b"],"Ext":{"n":1.0}},',
  );
  expect(splitMerged(text)).toEqual([
    merged(
      '{"id":"Nx1","type":["start"],"action":"fork","sequence":12345678901234567890}',
      '"process":{"args":["a",  "b"],"Ext":{"n":1.0}},',
    ),
    merged(
      '{"id":"Nx1#2","type":["start"],"action":"exec","sequence":12345678901234567890}',
      '"process":{"args":["a",  "b"],"Ext":{"n":1.0}},',
    ),
    merged(
      '{"id":"Nx1#3","type":["end"],"action":"end","sequence":12345678901234567890}',
      '"process":{"args":["a",  "b"],"Ext":{"n":1.0}},',
    ),
  ]);
});

test('dotted keys are the same fields', () => {
  const text = '{"@timestamp":1,"event.id":"a","event.action":["exec","end"],"event.type":["start","end"]}';
  expect(splitMerged(text)).toEqual([
    '{"@timestamp":1,"event.id":"a","event.action":"exec","event.type":["start"]}',
    '{"@timestamp":1,"event.id":"a#2","event.action":"end","event.type":["end"]}',
  ]);
});

test.each([
  ['one action', merged('{"id":"a","action":["exec"]}')],
  ['the same action twice', merged('{"id":"a","action":["exec","exec"]}')],
  ['an action as text', merged('{"id":"a","action":"exec"}')],
  ['a list elsewhere', '{"@timestamp":1,"other":{"action":["a","b"]}}'],
  ['no JSON', '{"event":{"action":["fork","exec"'],
  ['an event that is a list', '{"event":[{"action":["fork","exec"]}]}'],
])('%s is not split', (_name, text) => {
  expect(splitMerged(text)).toBeNull();
});

test('without an id there is none to number, and without types none to divide', () => {
  expect(splitMerged('{"event":{"action":["fork","end"]}}')).toEqual([
    '{"event":{"action":"fork"}}',
    '{"event":{"action":"end"}}',
  ]);
});
