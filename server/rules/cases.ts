import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#server/store/event-store.ts';
import { parseInstant } from '#shared/base/time.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { RuleCase } from '#shared/rule/rule.ts';
import { runRule } from './run.ts';
import { runAt } from './ticks.ts';

/** How a case went: what alerted, in words, beside what should have. */
export interface CaseOutcome {
  readonly name: string;
  readonly passed: boolean;
  readonly outcome: string;
}

/**
 * Runs each case by itself on an empty store, which is empty again afterwards. `firstBatch` is the first number of a batch
 * that the store has not used.
 */
export async function runCases(
  store: EventStore,
  compiled: CompiledRule,
  cases: readonly RuleCase[],
  firstBatch = 1,
): Promise<readonly CaseOutcome[]> {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-cases-'));
  try {
    const outcomes: CaseOutcome[] = [];
    for (const [index, one] of cases.entries()) {
      const path = join(folder, `${index}.ndjson`);
      await writeFile(path, one.events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      const batch = { id: firstBatch + index, path };
      outcomes.push(await runCase(store, compiled, one, batch));
      await store.remove(batch.id);
    }
    return outcomes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runCase(
  store: EventStore,
  compiled: CompiledRule,
  { name, at, events, alerts }: RuleCase,
  batch: { readonly id: number; readonly path: string },
): Promise<CaseOutcome> {
  const failed = (outcome: string): CaseOutcome => ({ name, passed: false, outcome });
  const instant = parseInstant(at);
  if (instant === null) return failed(`"at" is no time: ${at}`);
  const report = await store.append(batch);
  if (report.events !== events.length) return failed(`only ${report.events} of ${events.length} events can be stored`);
  const { drafts } = await runRule(store, compiled, runAt(instant, compiled.rule.interval));
  const found = describe(drafts.map((draft) => draft.events));
  const wanted = describe(alerts);
  return found === wanted ? { name, passed: true, outcome: found } : failed(`${found}, expected ${wanted}`);
}

/** In an order of its own, so that equal sets read equal. */
function describe(alerts: readonly (readonly string[])[]): string {
  if (alerts.length === 0) return 'no alert';
  const each = alerts.map((events) => events.toSorted().join(' + ')).sort();
  return `${each.length} ${each.length === 1 ? 'alert' : 'alerts'}: ${each.join(', ')}`;
}
