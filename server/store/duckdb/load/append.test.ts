import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { flatten } from '#shared/event/document.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { parseRecord } from './parse-record.ts';
import { flatOf, openTestStore } from './test-store.ts';

const records = readFileSync(new URL('./cases/records.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

test('rows hold what flatten reads', async () => {
  const store = await openTestStore(ECS_PROCESS);
  const report = await store.append(records.join('\n'));
  expect(report.rejects).toEqual([]);
  expect(report).toMatchObject({ records: records.length, events: records.length, rejected: 0, duplicates: 0 });
  const rows = await store.events();
  for (const [index, line] of records.entries()) {
    const document = parseRecord(line);
    if (!document.ok) throw new Error(line);
    const row = rows[index] ?? {};
    expect(flatOf(row, ECS_PROCESS), line).toEqual(flatten(document.value, ECS_PROCESS));
    expect(row['text']).toBe(line);
    expect(row['seq']).toBe(BigInt(index + 1));
  }
  await store.close();
});
