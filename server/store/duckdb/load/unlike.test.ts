import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from '#server/store/records/parse-record.ts';
import { arbitraryDocument } from '#shared/evaluate/generate/documents.ts';
import { WEB_SERVER_VOCABULARY } from '#shared/evaluate/generate/vocabulary.ts';
import { flatten } from '#shared/event/document.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { asRead, flatOf, openTestStore } from './test-store.ts';

const range = { from: Date.UTC(2026, 10, 14), to: Date.UTC(2026, 10, 21) };
const written = readFileSync(new URL('./cases/records.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

const odd = (id: string, members: string): string =>
  `{"@timestamp":"2026-11-21T10:00:00Z","event":{"id":"${id}","kind":"event"},${members}}`;

/** What the struct of plain records cannot hold. */
const hidden = [
  odd('dot', '"process.name":"a"'),
  odd('escaped dot', '"process\\u002ename":"a","process\\u002Epid":7'),
  odd('escaped letter', '"pr\\u006fcess":{"n\\u0061me":"a"}'),
  odd('partly', '"process":{"parent.name":"a","name":"b"}'),
  odd('objects', '"process":[{"name":"a"},{"name":"b"}]'),
  odd('spaced objects', '"process" : [ 1 , { "name" : "a" } ]'),
  odd('unseen object', '"container":{"image":{"name":"a"}}'),
  odd('unseen objects', '"container":[{"id":"a"},{"id":"b"}]'),
  odd('array', '"process":{"name":["b","a"],"pid":[2,1]}'),
  odd('array of one', '"process":{"name":["[\\"a\\"]"]}'),
  odd('text like an array', '"process":{"name":"[\\"a\\"]"}'),
  odd('text like an object', '"process":{"name":"{\\"a\\":1}"}'),
  odd('object for a text', '"process":{"name":{"a":1}}'),
  odd('number for a text', '"process":{"name":1.0,"executable":1e2,"working_directory":12345678901234567890}'),
  odd('text like a number', '"process":{"name":"1.0","executable":"1e2","working_directory":"-0"}'),
  odd('other numbers', '"process":{"pid":"007","exit_code":3.7,"args_count":"-0"}'),
  odd('fractions', '"process":{"name":1.50,"executable":"1.50","working_directory":0.00005,"args":["0.5",0.5,"0.50"]}'),
  odd('a scalar for a list', '"process":{"args":"a"}'),
  odd('a spaced scalar for a list', '"process" : { "args" : "a" }'),
  odd('an object for a list', '"process":{"args":{"a":1}}'),
  odd('nothing for a list', '"process":{"args":null},"event.kind":null'),
  odd('an empty list', '"process":{"args":[],"name":"a"}'),
  odd('no texts in a list', '"process":{"args":["b",1.0,1.50,true,12345678901234567890,"a"]}'),
  odd('no values in a list', '"process":{"args":["b",null,{"a":1},["c"],"b"]}'),
  odd('texts like others in a list', '"process":{"args":["1.0","1e5","[a]","{","-0"]}'),
  odd('a long text in a list', `"process":{"args":["a","${'é'.repeat(600)}","${'x'.repeat(1025)}"]}`),
  odd('a scalar for an object', '"process":"a"'),
  odd('an empty object', '"process":{}'),
  odd('a long text', `"process":{"name":"${'x'.repeat(1025)}","executable":"${'é'.repeat(600)}"}`),
  odd('other times', '"process":{"start":1795292113000,"end":"-5","parent":{"start":-5}}'),
];

/** What the sample is to see: more than its windows of 64 KiB leave out between two of them. */
const plain = (index: number): string =>
  JSON.stringify({
    '@timestamp': '2026-11-20T10:00:00.000Z',
    event: { id: `plain ${index}`, kind: 'event', category: ['process'] },
    process: { name: 'sh', pid: index, args: ['sh', '-c'], parent: { name: 'nginx', entity_id: 'x'.repeat(60) } },
    unmapped: 'x'.repeat(100),
  });

async function expectReadAlike(lines: readonly string[]): Promise<void> {
  const before = Array.from({ length: 300 }, (_, index) => plain(index));
  const behind = Array.from({ length: 9000 }, (_, index) => plain(300 + index));
  const store = await openTestStore(ECS_PROCESS);
  try {
    const report = await store.append([...before, ...lines, ...behind].join('\n'));
    const rows = (await store.events()).slice(before.length, -behind.length);
    expect(report.rejects).toEqual([]);
    expect(rows.length).toBe(lines.length);
    for (const [index, line] of lines.entries()) {
      const record = parseDocument(line.replaceAll(/\\ud[89a-f][0-9a-f]{2}/g, '\ufffd'));
      if (!record.ok) throw new Error(`${record.error}: ${line}`);
      expect(asRead(flatOf(rows[index] ?? {}, ECS_PROCESS)), line).toEqual(asRead(flatten(record.value, ECS_PROCESS)));
    }
  } finally {
    await store.close();
  }
}

/** Under its nested name where that can be: a dotted key alone would leave the record to the exact reading. */
function named(document: object, id: string): object {
  const event: unknown = Reflect.get(document, 'event');
  const isObject = typeof event === 'object' && event !== null && !Array.isArray(event);
  return isObject ? { ...document, 'event.id': undefined, event: { ...event, id } } : { ...document, 'event.id': id };
}

test('records unlike all that the sample has become the rows that flatten reads', () =>
  expectReadAlike([...written, ...hidden]));

/** One of them alone does not fail the strict parse of its file. */
test.each(['true', '"false"', '1', '[true]'])('a dotted key with %s is not missed', (value) =>
  expectReadAlike([odd('dotted', `"process.name":${value},"process":{"pid":1}`)]),
);

test('random records unlike the sample become the rows that flatten reads', async () => {
  const documents = fc.array(arbitraryDocument(ECS_PROCESS, WEB_SERVER_VOCABULARY, range), {
    minLength: 100,
    maxLength: 150,
  });
  const lines = documents.map((list) =>
    list
      .filter((document) => flatten(document, ECS_PROCESS).has('@timestamp'))
      .map((document, index) => JSON.stringify(named(document, `e${index}`))),
  );
  await fc.assert(fc.asyncProperty(lines, expectReadAlike), { numRuns: 4, endOnFailure: true });
});
