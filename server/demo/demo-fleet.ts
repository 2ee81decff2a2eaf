import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { DAY, HOUR, type Instant, MINUTE } from '#shared/base/time.ts';
import { Machine, type TimedRecord } from './machine.ts';
import { type Random, seeded } from './random.ts';
import { boot, FLEET, type Role } from './roles.ts';
import { deploy, routine } from './routine.ts';
import { STORIES, type Stage } from './stories.ts';

/** How far back the demo reaches. */
const SPAN = 7 * DAY;

export interface DemoOptions {
  /** The demo's end. */
  readonly now: Instant;
  readonly seed: number;
}

/**
 * All records of a made-up fleet of 24 web hosts over the seven days before `now`, by time: ordinary work, benign oddities and
 * attacks, as Elastic Defend would have recorded them. The same options give the same records.
 */
export function demoRecords({ now, seed }: DemoOptions): TimedRecord[] {
  const from = now - SPAN;
  const random = seeded(seed);
  const stages = new Map<string, Stage>();
  for (const { role, hosts } of FLEET) {
    for (let index = 0; index < hosts; index++) {
      const own = seeded(random.between(1, 2 ** 31 - 1));
      const stage = bootHost(role, index, own, from);
      stages.set(stageKey(role.name, index), stage);
      routine(stage.machine, role, stage.services, own, from + 5 * MINUTE, now);
      releases(stage, role, own, from, now);
    }
  }
  for (const story of STORIES) {
    const stage = stages.get(stageKey(...story.host));
    if (stage) story.happen(stage, now - story.ago, random);
  }
  return [...stages.values()]
    .flatMap(({ machine }) => machine.records())
    .filter(({ at }) => at <= now)
    .sort((left, right) => left.at - right.at);
}

const stageKey = (role: string, index: number): string => `${role}/${index}`;

function bootHost(role: Role, index: number, random: Random, from: Instant): Stage {
  const name = `${role.name}${index + 1}.example.com`;
  const machine = new Machine({ id: hex(random, 32), name, agent: uuid(random) }, random);
  return { machine, services: boot(machine, role, from + random.between(0, 90) * 1000) };
}

/** Two releases in the week, host after host. */
function releases(stage: Stage, role: Role, random: Random, from: Instant, now: Instant): void {
  for (const [day, release] of [
    [1, 'v4.10.2'],
    [4, 'v4.11.0'],
  ] as const) {
    const at = from + day * DAY + 9 * HOUR + random.between(0, 40) * MINUTE;
    if (at < now) deploy(stage.machine, stage.services, at, release, `/srv/${role.name}`);
  }
}

const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => random.between(0, 15).toString(16)).join('');

const uuid = (random: Random): string => [8, 4, 4, 4, 12].map((length) => hex(random, length)).join('-');

/** Writes the demo as NDJSON; returns how many records. */
export async function writeDemoFleet(path: string, options: DemoOptions): Promise<number> {
  const records = demoRecords(options);
  const file = createWriteStream(path);
  for (let start = 0; start < records.length; start += 1000) {
    const chunk = records.slice(start, start + 1000).map((record) => `${record.text}\n`);
    if (!file.write(chunk.join(''))) await once(file, 'drain');
  }
  file.end();
  await finished(file);
  return records.length;
}
