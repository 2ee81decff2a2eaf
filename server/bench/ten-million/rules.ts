import { loadRules } from '#server/rules/load.ts';
import { replayRule } from '#server/rules/replay.ts';
import { runRule } from '#server/rules/run.ts';
import { standingFilters } from '#server/rules/standing-filter.ts';
import { runAt } from '#server/rules/ticks.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { DAY, HOUR, type Instant } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { Week } from './measurements.ts';

export async function compiledRules(): Promise<readonly CompiledRule[]> {
  const { rules } = await loadRules('rules');
  return rules.map(({ rule }) => {
    const compiled = compileRule(rule, ECS_PROCESS, []);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
    return compiled.value;
  });
}

/** The end of the data, and of each of the last days at another hour: a run of each rule at each. */
const endsOfRuns = (to: Instant, rounds: number): readonly Instant[] =>
  Array.from({ length: rounds }, (_, round) => to - (round % 3) * DAY - round * 3 * HOUR);

/** Replays without matches, the matches, single runs and replays with them; the matches are kept afterwards. */
export async function measureRules({ measure, rounds }: Week, store: EventStore, to: Instant): Promise<void> {
  const rules = await compiledRules();
  for (const rule of rules) {
    await measure(`${rule.rule.slug}: replay without matches`, 1, () => replayOf(store, rule));
  }
  const keep = () => store.keepMatches(rules.flatMap((rule) => standingFilters(rule, rule)));
  await measure('matches of both rules, made', 1, async () => {
    const kept = await keep();
    return kept.map((one) => (one.kept ? one.events : one.reason)).join(', ');
  });
  await keep();
  for (const rule of rules) {
    const ends = endsOfRuns(to, rounds);
    await measure(`${rule.rule.slug}: one run`, rounds, async (round) => {
      const { interval } = rule.rule;
      const tick = Math.ceil((ends[round] ?? to) / interval) * interval;
      const { drafts, eventsMatched } = await runRule(store, rule, runAt(tick, interval));
      return `${drafts.length} alerts of ${eventsMatched} matches`;
    });
  }
  for (const rule of rules) {
    await measure(`${rule.rule.slug}: replay`, rounds, () => replayOf(store, rule));
  }
}

async function replayOf(store: EventStore, rule: CompiledRule): Promise<string> {
  const { drafts, eventsMatched } = await replayRule(store, rule);
  return `${drafts.length} drafts of ${eventsMatched} matches`;
}
