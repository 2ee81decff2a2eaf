import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogueOf } from '#shared/event/field.ts';
import { openDuckdbStore } from './open.ts';

test('a store for any record takes those without a time, and one as often as it occurs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-any-'));
  const path = join(folder, 'records.ndjson');
  const dated = '{"@timestamp":"2026-01-01T00:00:00Z","event":{"id":"e1"}}';
  // The last needs the exact reader: a list in a list.
  await writeFile(path, `${dated}\n${dated}\n{"n":1}\n{"n":1}\nno json\n{"n":[[2]],"@timestamp":"soon"}\n`);
  const catalogue = catalogueOf([
    { name: '@timestamp', type: 'date' },
    { name: 'n', type: 'long' },
  ]);
  const store = await openDuckdbStore({ path: ':memory:', catalogue, anyRecord: true });
  expect(await store.append({ id: 1, path })).toMatchObject({ records: 6, events: 5, rejected: 1, duplicates: 0 });
  await store.close();
  const strict = await openDuckdbStore({ path: ':memory:', catalogue });
  expect(await strict.append({ id: 1, path })).toMatchObject({ records: 6, events: 1, rejected: 4, duplicates: 1 });
  await strict.close();
  await rm(folder, { recursive: true });
});
