import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import * as z from 'zod';
import { type MadeByUsers, readMadeByUsers } from '#server/alerts/rule-book.ts';
import type { Config } from '#server/config.ts';
import { loadRules, type RuleLibrary } from '#server/rules/load.ts';
import { openState, type State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { Surroundings } from './surroundings.ts';

/** What the program finds in its folders: its own records, the events, the rules. */
export interface Opened {
  readonly state: State;
  readonly store: EventStore;
  readonly library: RuleLibrary;
  readonly made: MadeByUsers;
  readonly version: string;
}

/** Opens them; rejects where one of them cannot be. */
export async function openData(config: Config, log: Logger, openStore: Surroundings['openStore']): Promise<Opened> {
  const [state, library, version] = await Promise.all([
    openState(join(config.dataFolder, 'state.db')),
    loadRules(join(config.root, 'rules')),
    readVersion(config.root),
  ]);
  const made = await readMadeByUsers(state);
  // What rules read beyond it is read while the program runs.
  const store = await openStore(join(config.dataFolder, 'events.duckdb'), config, log, ECS_PROCESS);
  return { state, store, library, version, made };
}

async function readVersion(root: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}
