import type { z } from 'zod';
import { type CaseOutcome, runCases } from '#server/rules/cases.ts';
import type { State, StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { getRule } from '#shared/api/rules.ts';
import type { RuleBook } from './rule-book.ts';
import { disabledRules } from './rule-settings.ts';
import { readRuns } from './runs.ts';

/** Runs that a rule's page lists. */
const RUNS = 50;

type RuleDetail = z.output<typeof getRule.response>;

/** How the cases of a rule go, by slug. */
export type CaseResults = (slug: string) => Promise<RuleDetail['cases']>;

/**
 * Runs the cases of a rule on first demand, in a store of their own, and remembers the outcome: rules do not change while
 * the program runs.
 */
export function caseResultsOf(rules: RuleBook, openEmpty: () => EventStore): CaseResults {
  const known = new Map<string, Promise<RuleDetail['cases']>>();
  const results = async (slug: string): Promise<RuleDetail['cases']> => {
    const { cases } = rules.get(slug);
    const outcomes = await outcomesOf(rules, slug, openEmpty);
    return cases.map(({ name, because, at, events, alerts }) => {
      const { passed, outcome } = outcomes.get(name) ?? { passed: false, outcome: 'the rule does not compile' };
      return { name, because, at, alerts, events: events.length, passed, outcome };
    });
  };
  return (slug) => {
    const running = known.get(slug) ?? results(slug);
    known.set(slug, running);
    return running;
  };
}

async function outcomesOf(
  rules: RuleBook,
  slug: string,
  openEmpty: () => EventStore,
): Promise<ReadonlyMap<string, CaseOutcome>> {
  const compiled = rules.compiled(slug);
  if (!compiled.ok) return new Map();
  const store = openEmpty();
  try {
    const outcomes = await runCases(store, compiled.value, rules.get(slug).cases);
    return new Map(outcomes.map((outcome) => [outcome.name, outcome]));
  } finally {
    await store.close();
  }
}

export async function readRuleDetail(
  state: State,
  rules: RuleBook,
  caseResults: CaseResults,
  slug: string,
): Promise<RuleDetail> {
  const { rule } = rules.get(slug);
  const off = await disabledRules(state);
  return {
    rule: { ...rule, enabled: !off.has(slug) },
    cases: await caseResults(slug),
    runs: await readRuns(state, slug, RUNS),
    verdicts: await countVerdicts(state, slug),
  };
}

/** Closed alerts of a rule by verdict; those closed without one under `none`. */
async function countVerdicts(state: StateReader, rule: string): Promise<Record<string, number>> {
  const rows = await state
    .selectFrom('alerts')
    .select((select) => ['verdict', select.fn.countAll<number>().as('alerts')])
    .where('rule', '=', rule)
    .where('status', '=', 'closed')
    .groupBy('verdict')
    .execute();
  return Object.fromEntries(rows.map(({ verdict, alerts }) => [verdict ?? 'none', alerts]));
}
