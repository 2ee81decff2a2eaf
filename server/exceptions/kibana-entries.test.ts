import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { store as storeEvents } from '#server/rules/testing/rules.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { catalogueOf } from '#shared/event/field.ts';
import { compileException } from '#shared/exceptions/compile.ts';
import { anyEntrySchema, osTypeSchema } from '#shared/exceptions/item.ts';

const fileSchema = z.strictObject({
  documents: z.record(z.string(), z.looseObject({})),
  lists: z.record(z.string(), z.array(z.string())),
  cases: z.array(
    z.strictObject({
      name: z.string(),
      entries: z.array(anyEntrySchema),
      osTypes: z.array(osTypeSchema).default([]),
      holds: z.array(z.string()).default([]),
      refused: z.array(z.string()).default([]),
    }),
  ),
});
const file = new URL('./cases/kibana-entries.yaml', import.meta.url);
const { documents, lists, cases } = fileSchema.parse(parse(readFileSync(file, 'utf8')));

const catalogue = catalogueOf([
  { name: '@timestamp', type: 'date' },
  { name: 'event.id', type: 'keyword' },
  { name: 'name', type: 'keyword', caseless: true },
  { name: 'line', type: 'wildcard' },
  { name: 'args', type: 'keyword', many: true },
  { name: 'pid', type: 'long' },
  { name: 'at', type: 'date' },
  { name: 'ip', type: 'ip' },
  { name: 'host.os.type', type: 'keyword' },
  { name: 'host.os.name', type: 'keyword', caseless: true },
  {
    name: 'objects',
    type: 'nested',
    fields: [
      { name: 'kind', type: 'keyword' },
      { name: 'state', type: 'keyword' },
    ],
  },
]);
const stored = Object.entries(documents).map(([id, document]) => ({
  '@timestamp': '2026-11-21T10:00:00Z',
  event: { id },
  ...document,
}));
const stores = {
  'the reference': openReferenceStore({ catalogue }),
  DuckDB: await openDuckdbStore({ path: ':memory:', catalogue, memoryLimit: '1GB' }),
};
for (const store of Object.values(stores)) await storeEvents(store, stored);
afterAll(async () => {
  for (const store of Object.values(stores)) await store.close();
});

test.each(cases)('$name', async ({ entries, osTypes, holds, refused }) => {
  const compiled = compileException(entries, catalogue, { osTypes, lists: new Map(Object.entries(lists)) });
  expect(compiled.ok ? [] : compiled.error.map(({ code }) => code)).toEqual(refused);
  if (!compiled.ok) return;
  for (const [engine, store] of Object.entries(stores)) {
    const steps = [
      { kind: 'filter', where: compiled.value },
      { kind: 'keep', columns: ['event.id'] },
    ] as const;
    const { rows } = await store.run({ steps }, { now: 0 });
    expect(rows.map((row) => row['event.id']).sort(), engine).toEqual([...holds].sort());
  }
});
