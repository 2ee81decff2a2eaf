import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EventStore } from '#server/store/event-store.ts';
import { must } from '#shared/base/assert.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { type LoadedRule, loadRules } from '../load.ts';

const RULES_FOLDER = fileURLToPath(new URL('../../../rules', import.meta.url));
export const RARE_COMMAND = 'unusual-command-from-web-server-parent';
export const NEW_CHILD = 'unusual-child-execution-via-web-server';

export async function shippedRule(slug: string): Promise<LoadedRule> {
  const { rules } = await loadRules(RULES_FOLDER);
  return must(
    rules.find(({ rule }) => rule.slug === slug),
    slug,
  );
}

export function compiled(rule: Rule, exceptions: readonly RuleException[] = []): CompiledRule {
  const result = compileRule(rule, ECS_PROCESS, exceptions);
  return must(result.ok ? result.value : null, result.ok ? '' : JSON.stringify(result.error));
}

/** Stores documents as one batch. */
export async function store(events: EventStore, documents: readonly object[], batch = 1): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-test-'));
  try {
    const path = join(folder, 'events.ndjson');
    await writeFile(path, documents.map((document) => `${JSON.stringify(document)}\n`).join(''));
    await events.append({ id: batch, path });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** nginx starts a shell: alerts by the rarity rule. */
export const shellEvent = (id: string, time: string, more: object = {}): object => ({
  '@timestamp': time,
  'event.id': id,
  'event.category': 'process',
  'event.type': 'start',
  'event.action': 'exec',
  'host.os.type': 'linux',
  'host.id': 'h1',
  'host.name': 'web1',
  'agent.id': 'a1',
  'user.id': '33',
  'user.name': 'www-data',
  'process.name': 'sh',
  'process.executable': '/bin/sh',
  'process.command_line': 'sh -c id',
  'process.working_directory': '/srv/app',
  'process.parent.name': 'nginx',
  'process.parent.executable': '/usr/sbin/nginx',
  ...more,
});

/** nginx starts a program that the new terms rule does not leave to others. */
export const childEvent = (id: string, time: string, more: object = {}): object =>
  shellEvent(id, time, {
    'process.name': 'file',
    'process.executable': '/usr/bin/file',
    'process.command_line': 'file -b x',
    ...more,
  });
