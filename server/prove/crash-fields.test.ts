import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '#server/demo/random.ts';
import { processEvent } from '#server/http/testing/senders.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf } from '#shared/event/field.ts';
import { buildProgram, type Program } from './program.ts';
import { ROUNDS, SEED } from './rounds.ts';

const ROUND_MILLISECONDS = 60_000;
const EVENTS = 6000;
/** An import whose fields are read from all records takes about as long. */
const LONGEST = 1000;

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
  await mkdir(program.dataFolder, { recursive: true });
});
afterAll(() => program.remove());

const withStore = async <Answer>(
  names: readonly string[],
  ask: (store: Awaited<ReturnType<typeof openDuckdbStore>>) => Promise<Answer>,
): Promise<Answer> => {
  const wanted = names.map((name) => ({ name, type: 'keyword' }) as const);
  const catalogue = catalogueOf([...ECS_PROCESS.fields, ...wanted]);
  const store = await openDuckdbStore({ path: join(program.dataFolder, 'events.duckdb'), catalogue });
  try {
    return await ask(store);
  } finally {
    await store.close();
  }
};

const ruleOf = (round: number): string =>
  JSON.stringify({
    ...{ rule_id: `r${round}`, name: `Rule ${round}`, description: '', severity: 'low', risk_score: 1 },
    ...{ type: 'query', language: 'kuery', query: `x.y${round}:*` },
  });

test(`killed at ${ROUNDS} random points while a rule with new fields is imported, the rule has them or is not there`, {
  timeout: ROUNDS * ROUND_MILLISECONDS,
}, async () => {
  const random = seeded(SEED).next;
  await withStore([], async (store) => {
    const file = join(program.dataFolder, 'records');
    const x = (index: number) =>
      Object.fromEntries(Array.from({ length: ROUNDS }, (_, round) => [`y${round}`, `é ${index}`]));
    const records = Array.from({ length: EVENTS }, (_, index) =>
      JSON.stringify(processEvent(`e${index}`, index % 3600, { x: x(index) })),
    );
    await writeFile(file, `${records.join('\n')}\n`);
    await store.append({ id: 1, path: file });
  });
  let cutOff = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const running = await program.start();
    const importing = fetch(`${running.url}/api/import`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: ruleOf(round), rules: [1] }),
    }).then(
      ({ ok }) => ok,
      () => false,
    );
    await sleep(random() * LONGEST);
    await running.kill();
    if (!(await importing)) cutOff += 1;
    const again = await program.start();
    const { rules } = (await (await fetch(`${again.url}/api/rules`)).json()) as { rules: { slug: string }[] };
    const isThere = rules.some(({ slug }) => slug === `rule-${round}`);
    const { total } = (await (
      await fetch(`${again.url}/api/events?kql=${encodeURIComponent(isThere ? `x.y${round}:*` : '')}`)
    ).json()) as {
      total: number;
    };
    expect(total).toBe(EVENTS);
    await again.stop();
  }
  expect(cutOff).toBeGreaterThan(0);
  // Whatever was cut off, every field can still be had, and every record is whole.
  const names = Array.from({ length: ROUNDS }, (_, round) => `x.y${round}`);
  const { rows } = await withStore(names, (store) =>
    store.run({ steps: [{ kind: 'keep', columns: names }] }, { now: 0 }),
  );
  expect(rows.map((row) => names.map((name) => row[name]))).toEqual(
    Array.from({ length: EVENTS }, (_, index) => names.map(() => `é ${index}`)),
  );
});
