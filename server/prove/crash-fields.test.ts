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
/** Numbers of the rounds. */
const EACH = Array.from({ length: ROUNDS }, (_, index) => index + 1);

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
  const path = join(program.dataFolder, 'events.duckdb');
  const store = await openDuckdbStore({ path, catalogue: ECS_PROCESS });
  try {
    await store.addFields(catalogueOf(wanted));
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

const send = (method: string, url: string, body: unknown): Promise<Response> =>
  fetch(url, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** Whether a request was answered before the program was killed. */
const answered = (request: Promise<Response>): Promise<boolean> =>
  request.then(
    async (response) => {
      await response.json();
      return response.ok;
    },
    () => false,
  );

interface Found {
  readonly rule: { readonly query: string };
  readonly version: number;
  readonly lacking: readonly string[];
  readonly waiting: { readonly problem: string | null } | null;
}

/** A rule, once neither it nor a change of it waits for fields. */
async function settled(url: string): Promise<Found> {
  for (;;) {
    const found = (await (await fetch(url)).json()) as Found;
    if (!found.waiting && found.lacking.length === 0) return found;
    expect(found.waiting?.problem ?? null).toBeNull();
    await sleep(50);
  }
}

const eventsOf = async (url: string, kql: string): Promise<number> => {
  const answer = await fetch(`${url}/api/events?kql=${encodeURIComponent(kql)}`);
  return ((await answer.json()) as { total: number }).total;
};

async function writeEvents(): Promise<void> {
  const file = join(program.dataFolder, 'records');
  const x = (index: number) =>
    Object.fromEntries(EACH.flatMap((round) => [`y${round}`, `z${round}`]).map((name) => [name, `é ${index}`]));
  const records = Array.from({ length: EVENTS }, (_, index) =>
    JSON.stringify(processEvent(`e${index}`, index % 3600, { x: x(index) })),
  );
  await writeFile(file, `${records.join('\n')}\n`);
  await withStore([], (store) => store.append({ id: 1, path: file }));
}

test(`killed at ${ROUNDS} random points while a rule with new fields is imported, and another changed, each has them or is as it was`, {
  timeout: ROUNDS * ROUND_MILLISECONDS,
}, async () => {
  const random = seeded(SEED).next;
  await writeEvents();
  const first = await program.start();
  await send('POST', `${first.url}/api/import`, { text: ruleOf(0).replace('x.y0:*', 'process.name:*'), rules: [1] });
  await first.stop();
  let cutOff = 0;
  let version = 1;
  for (const round of EACH) {
    const running = await program.start();
    const query = `x.z${round}:*`;
    const requests = [
      answered(send('POST', `${running.url}/api/import`, { text: ruleOf(round), rules: [1] })),
      answered(send('PUT', `${running.url}/api/rules/rule-0`, { changes: { query }, version, why: 'wider' })),
    ];
    await sleep(random() * LONGEST);
    await running.kill();
    const [imported = false, changed = false] = await Promise.all(requests);
    if (!(imported && changed)) cutOff += 1;
    const again = await program.start();
    const { rules } = (await (await fetch(`${again.url}/api/rules`)).json()) as { rules: { slug: string }[] };
    const isThere = rules.some(({ slug }) => slug === `rule-${round}`);
    expect(isThere || !imported).toBe(true);
    if (isThere) await settled(`${again.url}/api/rules/rule-${round}`);
    expect(await eventsOf(again.url, isThere ? `x.y${round}:*` : '')).toBe(EVENTS);
    const found = await settled(`${again.url}/api/rules/rule-0`);
    const isChanged = found.rule.query === query;
    expect(isChanged || !changed).toBe(true);
    expect(found.version).toBe(isChanged ? version + 1 : version);
    expect(await eventsOf(again.url, isChanged ? query : '')).toBe(EVENTS);
    version = found.version;
    await again.stop();
  }
  expect(cutOff).toBeGreaterThan(0);
  // Whatever was cut off, every field can still be had, and every record is whole.
  const names = EACH.map((round) => `x.y${round}`);
  const { rows } = await withStore(names, (store) =>
    store.run({ steps: [{ kind: 'keep', columns: names }] }, { now: 0 }),
  );
  expect(rows.map((row) => names.map((name) => row[name]))).toEqual(
    Array.from({ length: EVENTS }, (_, index) => names.map(() => `é ${index}`)),
  );
});
