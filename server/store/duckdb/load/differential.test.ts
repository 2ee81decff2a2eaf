import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from '#server/store/records/parse-record.ts';
import { arbitraryDocument } from '#shared/evaluate/generate/documents.ts';
import { jsonText, written } from '#shared/evaluate/generate/json.ts';
import { WEB_SERVER_VOCABULARY } from '#shared/evaluate/generate/vocabulary.ts';
import { type FlatDocument, flatten } from '#shared/event/document.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf, type FieldCatalogue } from '#shared/event/field.ts';
import { asRead, flatOf, openTestStore } from './test-store.ts';

/** Types in other places than ECS has them, lists of all types, and a field whose name begins another's. */
const ODD_CATALOGUE = catalogueOf([
  { name: 'a', type: 'keyword' },
  { name: 'a.b', type: 'long', many: true },
  { name: 'a.b.c', type: 'double' },
  { name: 'x.y', type: 'double', many: true },
  { name: 'x.when', type: 'date', many: true },
  { name: 'x.ip', type: 'ip' },
  { name: 'x.flag', type: 'boolean', many: true },
  { name: 'q\'uo"te.d/~[0]', type: 'text', ignoreAbove: 3 },
]);

const range = { from: Date.UTC(2026, 10, 14), to: Date.UTC(2026, 10, 21) };

interface Expected {
  readonly line: string;
  readonly flat: FlatDocument;
}

/** The first of each public id; an empty `event.id` is none, and no two of these lines are alike. */
function distinct(documents: readonly Expected[]): readonly Expected[] {
  const idOf = ({ line, flat }: Expected) => flat.get('event.id')?.[0] || line;
  const first = new Map(documents.toReversed().map((document) => [idOf(document), document]));
  return documents.filter((document) => first.get(idOf(document)) === document);
}

async function expectSameRows(catalogue: FieldCatalogue, documents: readonly unknown[]): Promise<void> {
  const store = await openTestStore(catalogue);
  try {
    const lines = documents.map((document, index) => jsonText(named(document, index)));
    const report = await store.append(lines.join('\n'));
    const expected = distinct(
      lines.flatMap((line) => {
        const record = parseDocument(line.replaceAll(/\\ud[89a-f][0-9a-f]{2}/g, '\ufffd'));
        if (!record.ok) throw new Error(`${record.error}: ${line}`);
        const flat = flatten(record.value, catalogue);
        return catalogue.find('@timestamp') && !flat.get('@timestamp')?.length ? [] : [{ line, flat }];
      }),
    );
    expect(report.events).toBe(expected.length);
    const rows = await store.events();
    for (const [index, { line, flat }] of expected.entries()) {
      expect(asRead(flatOf(rows[index] ?? {}, catalogue)), line).toEqual(asRead(flat));
    }
  } finally {
    await store.close();
  }
}

/** Without duplicates: each document is one row. */
const named = (document: unknown, index: number) => ({ ...Object(document), unique: index });

test('random ECS documents become the rows that flatten reads', async () => {
  const documents = fc.array(arbitraryDocument(ECS_PROCESS, WEB_SERVER_VOCABULARY, range), {
    minLength: 200,
    maxLength: 300,
  });
  const unnamed = documents.map((list) => list.map((document, index) => ({ ...document, 'event.id': `e${index}` })));
  await fc.assert(
    fc.asyncProperty(unnamed, (list) => expectSameRows(ECS_PROCESS, list)),
    { numRuns: 4, endOnFailure: true },
  );
});

test('random JSON under odd names becomes the rows that flatten reads', async () => {
  const scalar = fc.oneof(
    fc.constantFrom(null, true, false, '', 'true', '0', '-0', '007', '1.5', '1e3', '["a"]', '{"b":1}', '[', '10.0.0.1'),
    fc.constantFrom(
      0,
      1,
      1.5,
      1e21,
      -1e-7,
      2 ** 53,
      123456789012345680000,
      1e300,
      '2026-02-29',
      '1970-01-01T00:00:00Z',
    ),
    fc.constantFrom('2026-11-21T10:00:00.123456+01', '1960-01-01T00:00:00.9999Z', 1795292113000, -1, '1795292113000'),
    fc.constantFrom('1.50', '1.0', '1e3', '2E-3', '-0.0', '12345678901234567890', '0.10').map(written),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const key = fc.constantFrom(
    'a',
    'b',
    'c',
    'a.b',
    'b.c',
    'a.b.c',
    'x',
    'y',
    'x.y',
    'when',
    'ip',
    'flag',
    'q\'uo"te',
    'd/~[0]',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4, depthIdentifier: 'json' }, scalar, tie('list'), tie('object')),
    list: fc.array(tie('value'), { maxLength: 3, depthIdentifier: 'json' }),
    object: fc.dictionary(key, tie('value'), { maxKeys: 4, depthIdentifier: 'json' }),
  }));
  const document = fc.dictionary(key, value, { maxKeys: 6 });
  await fc.assert(
    fc.asyncProperty(fc.array(document, { minLength: 300, maxLength: 400 }), (list) =>
      expectSameRows(ODD_CATALOGUE, list),
    ),
    { numRuns: 6, endOnFailure: true },
  );
});
