import { join } from 'node:path';
import type * as z from 'zod';
import { cellsColumn } from '#server/alerts/row.ts';
import type { Config } from '#server/config.ts';
import { makeKey, settled } from '#server/http/testing/senders.ts';
import { startTestServer, type TestServer } from '#server/http/testing/test-server.ts';
import { openState } from '#server/state/open-state.ts';
import type { previewRule } from '#shared/api/rule-editing.ts';
import type { RuleRun } from '#shared/api/rules.ts';
import { must } from '#shared/base/assert.ts';
import { type Found, type FoundAlert, inOrder } from './found.ts';
import { LIST, RULES } from './rules.ts';

/** A server with these rules alone, and their exceptions. */
export async function ruledServer(config: Partial<Config> = {}): Promise<TestServer> {
  const server = await startTestServer({ config });
  const send = async (method: string, path: string, body: unknown): Promise<void> => {
    const answer = await server.send(method, path, body);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  const { body } = await server.json<{ rules: { slug: string }[] }>('/api/rules');
  for (const { slug } of body.rules) await send('PATCH', `/api/rules/${slug}`, { enabled: false });
  const text = RULES.map(({ rule }) => JSON.stringify(rule)).join('\n');
  await send('POST', '/api/import', { text, rules: RULES.map((_, index) => index + 1) });
  await send('PUT', '/api/value-lists', { id: LIST.id, name: LIST.id, type: LIST.type, text: LIST.values.join('\n') });
  const draft = { name: 'Spared', reason: 'Known', enabled: true, expiresAt: null, origin: null };
  for (const { slug, exceptions } of RULES) {
    for (const exception of exceptions) await send('POST', '/api/exceptions', { ...draft, rule: slug, ...exception });
  }
  return server;
}

export async function byUpload(server: TestServer, file: Buffer): Promise<Found> {
  const { error, rejected, duplicates } = await server.upload(file);
  if (error !== null) throw new Error(error);
  return { rejected, duplicates, ...(await foundBy(server)) };
}

/** What previews of the rules as they are say: alerts and matches by rule. */
export async function byPreview(server: TestServer): Promise<Readonly<Record<string, Counts>>> {
  const told: Record<string, Counts> = {};
  for (const { slug } of RULES) {
    const asked = { slug, changes: {} };
    const { body } = await server.send<z.output<typeof previewRule.response>>('POST', '/api/rules/preview', asked);
    const { alerts, eventsMatched } = must(body.outcome, `${slug} ${JSON.stringify(body)}`);
    told[slug] = { alerts, matched: eventsMatched };
  }
  return told;
}

interface Counts {
  readonly alerts: number;
  readonly matched: number;
}

/** A request's path and body for each stretch of the lines. */
export type Requests = (lines: readonly string[]) => Iterable<readonly [path: string, body: string]>;

/** All requests one after the other, then what the schedules over all of it find beside what was found as they came. */
export async function byStream(server: TestServer, requests: ReturnType<Requests>): Promise<Found> {
  const authorization = `Bearer ${(await makeKey(server)).secret}`;
  const headers = { authorization, 'content-type': 'application/x-ndjson' };
  for (const [path, body] of requests) {
    const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body });
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
  await settled(server);
  await server.send('POST', '/api/replay', {});
  const { body } = await server.json<{ sources: Record<'duplicates' | 'rejected', number>[] }>('/api/sources');
  const sum = (member: 'duplicates' | 'rejected'): number =>
    body.sources.reduce((total, source) => total + source[member], 0);
  return { rejected: sum('rejected'), duplicates: sum('duplicates'), ...(await foundBy(server)) };
}

/** Bulks of so many documents, and again. */
export const inBulks = (...sizes: readonly number[]): Requests =>
  function* (lines) {
    for (let at = 0, turn = 0; at < lines.length; turn += 1) {
      const some = lines.slice(at, at + (sizes[turn % sizes.length] ?? 1));
      yield ['/logs-endpoint/_bulk', some.map((line) => `{"create":{}}\n${line}\n`).join('')];
      at += some.length;
    }
  };

export const inPlainLines = (size: number): Requests =>
  function* (lines) {
    for (let at = 0; at < lines.length; at += size) {
      yield ['/api/ingest?source=road', lines.slice(at, at + size).join('\n')];
    }
  };

async function foundBy(server: TestServer): Promise<Pick<Found, 'matched' | 'alerts'>> {
  const matched: Record<string, number> = {};
  for (const { slug } of RULES) {
    const { body } = await server.json<{ runs: RuleRun[] }>(`/api/rules/${slug}`);
    // The schedule is at work beside, over times at which nothing has happened.
    const run = body.runs.find(({ kind }) => kind === 'replay');
    if (run?.error) throw new Error(`${slug}: ${run.error}`);
    matched[slug] = run?.eventsMatched ?? 0;
  }
  return { matched, alerts: await alertsOf(server) };
}

async function alertsOf({ dataFolder }: TestServer): Promise<readonly FoundAlert[]> {
  const state = await openState(join(dataFolder, 'state.db'));
  try {
    const events = new Map<string, string[]>();
    for (const { alertId, eventId } of await state.selectFrom('alertEvents').selectAll().execute()) {
      events.set(alertId, [...(events.get(alertId) ?? []), eventId]);
    }
    const rows = await state.selectFrom('alerts').selectAll().execute();
    return inOrder(
      rows.map(({ id, rule, keys, columns, firstSeen, lastSeen }) => ({
        ...{ rule, firstSeen, lastSeen, events: events.get(id) ?? [] },
        ...{ keys: cellsColumn.read(keys), columns: cellsColumn.read(columns) },
      })),
    );
  } finally {
    await state.destroy();
  }
}
