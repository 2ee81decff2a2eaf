import { expect, test } from 'vitest';
import { bulkAnswer } from './bulk-answer.ts';
import { type BulkItem, readBulk } from './bulk-request.ts';
import { answerType, nodesAnswer } from './cluster-answers.ts';
import { senderOf } from './sender.ts';

const options = { index: null, longest: 100 };
const read = (text: string, index: string | null = null) => readBulk(Buffer.from(text), { ...options, index });
const itemsOf = (text: string, index: string | null = null): readonly BulkItem[] => {
  const items = read(text, index);
  if (!items.ok) throw new Error(items.error.reason);
  return items.value;
};

test('actions and documents pair up, with or without a last line feed, and with any line end', () => {
  const one = '{"create":{"_index":"logs","_id":"1"}}\r\n {"event":{"id":"e"}} \r\n';
  const expected = { operation: 'create', index: 'logs', id: '1', eventId: 'e', problem: null };
  expect(itemsOf(one)).toMatchObject([expected]);
  expect(itemsOf(one.trimEnd())).toMatchObject([expected]);
  expect(itemsOf(`${one}\n{"index":{}}\n{"event.id":["x"]}`, 'other')).toMatchObject([
    expected,
    { operation: 'index', index: 'other', id: null, eventId: 'x' },
  ]);
  expect(itemsOf(one)[0]?.document.toString()).toBe('{"event":{"id":"e"}}');
});

test.each<[string, string]>([
  ['not JSON', 'Malformed action/metadata line [1]'],
  ['{"create":{"_index":"a"}}', 'has no document'],
  ['{"create":{"_index":"a"},"index":{}}\n{}', 'Malformed action/metadata line [1]'],
  ['{"create":{"_index":"a"}}\n{}\n{"drop":{}}\n{}', 'Malformed action/metadata line [3]'],
  ['{"create":{}}\n{}', 'index is missing'],
  ['{"create":null}\n{}', 'Malformed'],
  ['{"create":{"_index":"a","_id":[7]}}\n{}', '_id must be text'],
  ['', 'no action'],
  ['\n\n', 'no action'],
])('a request is refused whole: %s', (text, reason) => {
  const items = read(text);
  expect(items).toMatchObject({ ok: false, error: { reason: expect.stringContaining(reason) as string } });
});

test('a bad document and an unknown change are their own problem only', () => {
  const text = [
    '{"create":{}}\n{bad}',
    '{"create":{}}\n[1]',
    `{"index":{}}\n{"a":"${'x'.repeat(200)}"}`,
    '{"update":{"_id":"1"}}\n{"doc":{}}',
    '{"delete":{"_id":"1"}}',
    '{"create":{}}\n{"ok":true}',
  ].join('\n');
  expect(itemsOf(text, 'i').map(({ problem }) => problem)).toEqual([
    'The document is not JSON: column 2: expected a key in quotes or "}", found "bad".',
    'The document is not a JSON object.',
    'The document is longer than 100 bytes.',
    'update is not supported: events do not change.',
    'delete is not supported: events do not change.',
    null,
  ]);
});

const two = itemsOf('{"create":{"_index":"a"}}\n{}\n{"index":{"_index":"b","_id":"2"}}\n{}\n');

test('the answer is compact, in the order that clients look for', () => {
  const answer = bulkAnswer(
    two,
    [
      { kind: 'stored', id: '1' },
      { kind: 'known', id: '2' },
    ],
    { took: 3, filter: undefined },
  );
  expect(answer).toBe(
    '{"took":3,"errors":true,"items":[{"create":{"_index":"a","_id":"1","_version":1,"result":"created","status":201}},' +
      '{"index":{"_index":"b","_id":"2","status":409,"error":{"type":"version_conflict_engine_exception",' +
      '"reason":"[2]: version conflict, document already exists"}}}]}',
  );
});

test('filter_path leaves an entry for every item', () => {
  const outcomes = [
    { kind: 'stored', id: '1' },
    { kind: 'bad', reason: 'no' },
  ] as const;
  const filter = 'errors,items.*.error,items.*.status';
  expect(bulkAnswer(two, outcomes, { took: 3, filter })).toBe(
    '{"errors":true,"items":[{"create":{"status":201}},{"index":{"status":400,"error":{"type":"document_parsing_exception","reason":"no"}}}]}',
  );
  const settled = [{ kind: 'settled', id: '1' }] as const;
  expect(bulkAnswer(two.slice(0, 1), settled, { took: 3, filter: 'errors,items' })).toContain(
    '"errors":false,"items":[',
  );
});

test.each([
  [undefined, 'unknown', 'hang-up', false],
  [
    'elasticsearch-js/9.4.3 (linux 6.1.0-x64; Node.js v20.20.2; Transport 9.3.5)',
    'elasticsearch-js/9.4.3',
    'items',
    false,
  ],
  ['opensearch-js/3.9.0 (linux)', 'opensearch-js/3.9.0', 'items', false],
  ['elastic-java/9.1.4 (Java/17.0.15)', 'elastic-java/9.1.4', 'items', false],
  ['Fluent-Bit', 'Fluent-Bit', 'status', true],
  ['go-elasticsearch/8.19.7 (linux amd64; Go 1.26.8)', 'go-elasticsearch/8.19.7', 'unavailable', false],
  ['opensearch-go/4.8.1 (linux amd64; Go 1.26.8)', 'opensearch-go/4.8.1', 'unavailable', false],
  ['Elastic-filebeat/8.17.0 (linux; amd64; abc; 2024)', 'Elastic-filebeat/8.17.0', 'status', false],
  ['syslog-ng 3.38.1/libcurl 7.88', 'syslog-ng 3.38.1/libcurl 7.88', 'status', false],
])('sender %s', (agent, name, refusal, repeatsUnlessTaken) => {
  expect(senderOf(agent)).toEqual({ name, refusal, repeatsUnlessTaken });
});

test('an answer is of the type that was asked for', () => {
  expect(answerType(undefined, 'application/x-ndjson')).toBe('application/json');
  const asked = 'application/vnd.elasticsearch+json; compatible-with=9';
  expect(answerType(asked, undefined)).toBe('application/vnd.elasticsearch+json;compatible-with=9');
  expect(answerType('*/*', 'application/vnd.elasticsearch+x-ndjson;compatible-with=8')).toContain('compatible-with=8');
});

test.each([
  ['127.0.0.1:7878', false, '127.0.0.1:7878'],
  ['[::1]:7878', false, '[::1]:7878'],
  ['oddspawn.example:8443', true, 'oddspawn.example/10.0.0.7:8443'],
  ['oddspawn.example', true, 'oddspawn.example/10.0.0.7:443'],
  ['oddspawn.example', false, 'oddspawn.example/10.0.0.7:80'],
])('reached at %s, the node that is found is the same', (host, isTls, address) => {
  const { nodes } = nodesAnswer({ uuid: 'u' }, { host, ip: '10.0.0.7', isTls });
  expect(nodes['u']?.http.publish_address).toBe(address);
});
