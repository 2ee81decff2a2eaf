import { foldDrafts } from '#server/rules/fold.ts';
import { replayRule } from '#server/rules/replay.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { must } from '#shared/base/assert.ts';
import { formatInstant } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { widenForRules } from '#shared/rule/widen-for-rule.ts';
import { type Found, type FoundAlert, inOrder, ruleOf } from './found.ts';
import { LIST, type RoadRule, RULES } from './rules.ts';

/**
 * The reference reads a record at a time and makes one run after the other.
 * @param spared whether the exceptions of the rules hold
 */
export async function byReference(path: string, spared: boolean): Promise<Found> {
  const catalogue = widenForRules(ECS_PROCESS, RULES.map(ruleOf));
  const store = openReferenceStore({ catalogue });
  const { rejected, duplicates } = await store.append({ id: 1, path });
  const matched: Record<string, number> = {};
  const alerts: FoundAlert[] = [];
  for (const rule of RULES) {
    const { drafts, eventsMatched } = await replayRule(store, compiled(store, rule, spared));
    matched[rule.slug] = eventsMatched;
    alerts.push(...alertsOf(drafts));
  }
  await store.close();
  return { rejected, duplicates, matched, alerts: inOrder(alerts) };
}

function compiled({ catalogue }: EventStore, rule: RoadRule, spared: boolean): CompiledRule {
  const lists = new Map([[LIST.id, LIST.values]]);
  const exceptions = rule.exceptions.map((exception) => ({ name: 'Spared', osTypes: [], lists, ...exception }));
  const result = compileRule(ruleOf(rule), catalogue, spared ? exceptions : []);
  return must(result.ok ? result.value : null, JSON.stringify(result));
}

function alertsOf(drafts: readonly AlertDraft[]): readonly FoundAlert[] {
  const occurrences = new Map<string, AlertDraft[]>();
  for (const { alert, draft } of foldDrafts(drafts)) {
    occurrences.set(alert, [...(occurrences.get(alert) ?? []), draft]);
  }
  return [...occurrences.values()].map((all) => {
    const { rule, keys, columns } = must(all.at(-1), 'occurrence');
    return {
      ...{ rule, keys, columns: asJson(columns) },
      firstSeen: formatInstant(Math.min(...all.map(({ firstSeen }) => firstSeen))),
      lastSeen: formatInstant(Math.max(...all.map(({ lastSeen }) => lastSeen))),
      events: [...new Set(all.flatMap(({ events }) => events))],
    };
  });
}

const asJson = (columns: AlertDraft['columns']): unknown =>
  JSON.parse(JSON.stringify(columns, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)));
