import { type CaseOutcome, runCases } from '#server/rules/cases.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { BrokenCase } from '#shared/api/tuning.ts';
import type { Result } from '#shared/base/result.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { RuleCase } from '#shared/rule/rule.ts';

type Compiled = Result<CompiledRule, unknown>;

export interface CasesAtStake {
  readonly before: Compiled;
  readonly after: Compiled;
  /** Count as broken where they hold before. */
  readonly cases: readonly RuleCase[];
  /** Come with the change, and must hold after it. */
  readonly own?: readonly RuleCase[];
}

/** Cases that a change breaks: run after it, and where they fail, before it. */
export async function brokenCases(
  openEmpty: () => EventStore,
  { before, after, cases, own = [] }: CasesAtStake,
): Promise<BrokenCase[]> {
  if (cases.length + own.length === 0) return [];
  const store = openEmpty();
  try {
    const run = async (compiled: Compiled, some: readonly RuleCase[], first: number) =>
      compiled.ok ? runCases(store, compiled.value, some, first) : [];
    const outcomes = await run(after, [...cases, ...own], 1);
    const failed = outcomes.flatMap((outcome, index) => (outcome.passed ? [] : [{ outcome, index }]));
    const suspects = failed.flatMap(({ index }) => cases[index] ?? []);
    const held = await run(before, suspects, outcomes.length + 1);
    return failed
      .filter(({ index }, at) => index >= cases.length || held[at]?.passed === true)
      .map(({ outcome }) => brokenOf(outcome));
  } finally {
    await store.close();
  }
}

const brokenOf = ({ name, outcome }: CaseOutcome): BrokenCase => ({ name, outcome });
