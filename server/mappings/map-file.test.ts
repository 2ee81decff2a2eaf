import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mapFile } from './map-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-map-'));
});
afterEach(() => rm(folder, { recursive: true }));

const AUDITD = 'type=EXECVE msg=audit(1763700000.123:456): argc=3 a0="sh" a1="-c" a2="id"';

test('a line of another source behind the first hundred records is refused with whose it is', async () => {
  const document = JSON.stringify({
    '@timestamp': '2026-11-21T10:00:00Z',
    event: { id: 'a' },
    process: { name: 'sh' },
  });
  const path = join(folder, 'records.ndjson');
  await writeFile(path, `${`${document}\n`.repeat(150)}${AUDITD}\n`);
  const { source, mapped, original } = await mapFile(path, { folder, host: 'h', onReject: () => undefined });
  expect([source.name, mapped]).toEqual(['ecs', undefined]);
  expect(original({ line: 151, reason: 'invalid JSON', text: AUDITD }).reason).toBe(
    'invalid JSON: a line of auditd log in a file that begins as ECS JSON; load such lines as a file of their own',
  );
  const broken = { line: 2, reason: 'invalid JSON', text: '{"a":' };
  expect(original(broken)).toEqual(broken);
});
