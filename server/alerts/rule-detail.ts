import type { z } from 'zod';
import { type CaseOutcome, runCases } from '#server/rules/cases.ts';
import type { State, StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { getRule, listRules, RuleOrigin } from '#shared/api/rules.ts';
import { formatDiagnostic } from '#shared/base/diagnostic.ts';
import type { CustomRule } from './custom-rules.ts';
import type { BookedRule, RuleBook } from './rule-book.ts';
import { disabledRules } from './rule-settings.ts';
import { readRuleCounts, readRuns } from './runs.ts';

/** Runs that a rule's page lists. */
const RUNS = 50;

type RuleDetail = z.output<typeof getRule.response>;
type RuleList = z.output<typeof listRules.response>;

/** How the cases of a rule go, by slug. */
export type CaseResults = (slug: string) => Promise<RuleDetail['cases']>;

/** Runs the cases of a rule on first demand, in a store of their own, and remembers the outcome for as long as it is that rule. */
export function caseResultsOf(rules: RuleBook, openEmpty: () => EventStore): CaseResults {
  const known = new WeakMap<BookedRule, Promise<RuleDetail['cases']>>();
  const results = async (slug: string): Promise<RuleDetail['cases']> => {
    const { cases } = rules.get(slug);
    const outcomes = await outcomesOf(rules, slug, openEmpty);
    return cases.map(({ name, because, at, events, alerts }) => {
      const { passed, outcome } = outcomes.get(name) ?? { passed: false, outcome: 'the rule does not compile' };
      return { name, because, at, alerts, events: events.length, passed, outcome };
    });
  };
  return (slug) => {
    const booked = rules.get(slug);
    const running = known.get(booked) ?? results(slug);
    known.set(booked, running);
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
  const booked = rules.get(slug);
  const [off, counts, verdicts] = await Promise.all([
    disabledRules(state),
    readRuleCounts(state),
    countVerdicts(state, slug),
  ]);
  const { alerts = 0, open = 0 } = counts.get(slug) ?? {};
  return {
    rule: { ...booked.rule, enabled: !off.has(slug) },
    original: booked.original,
    origin: originOf(booked),
    custom: booked.custom ? customOf(booked.custom) : null,
    problem: problemOf(rules, slug),
    guide: booked.guide,
    cases: await caseResults(slug),
    runs: await readRuns(state, slug, RUNS),
    alerts: { all: alerts, open },
    verdicts: Object.fromEntries(verdicts.get(slug) ?? []),
  };
}

export const originOf = ({ custom }: BookedRule): RuleOrigin =>
  custom ? (custom.slug === custom.base ? 'changed' : 'own') : 'shipped';

const customOf = ({ base, version, createdAt, createdBy, updatedAt, updatedBy }: CustomRule) => ({
  base,
  version,
  createdAt,
  createdBy,
  updatedAt,
  updatedBy,
});

/** Why a rule cannot be run over the events of this console; null where it can. */
export function problemOf(rules: RuleBook, slug: string): string | null {
  const compiled = rules.compiled(slug);
  if (compiled.ok) return null;
  const { query } = rules.get(slug).rule;
  return compiled.error.map((problem) => formatDiagnostic(query, problem)).join(' ');
}

/** All rules as a list shows them. */
export async function listRulesOf(state: State, rules: RuleBook): Promise<RuleList> {
  const [off, counts, verdicts] = await Promise.all([
    disabledRules(state),
    readRuleCounts(state),
    countVerdicts(state),
  ]);
  const each = rules.all.map(async (booked) => {
    const { slug } = booked.rule;
    const [lastRun] = await readRuns(state, slug, 1);
    const { alerts = 0, open = 0 } = counts.get(slug) ?? {};
    return {
      ...booked.rule,
      enabled: !off.has(slug),
      openAlerts: open,
      alerts,
      lastRun: lastRun ?? null,
      verdicts: Object.fromEntries(verdicts.get(slug) ?? []),
      origin: originOf(booked),
      problem: problemOf(rules, slug),
    };
  });
  return { rules: await Promise.all(each), broken: [...rules.broken] };
}

/** Closed alerts by rule and verdict; those closed without one under `none`. */
async function countVerdicts(
  state: StateReader,
  rule?: string,
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const rows = await state
    .selectFrom('alerts')
    .select((select) => ['rule', 'verdict', select.fn.countAll<number>().as('alerts')])
    .where('status', '=', 'closed')
    .$if(rule !== undefined, (query) => query.where('rule', '=', rule ?? ''))
    .groupBy(['rule', 'verdict'])
    .execute();
  const verdicts = new Map<string, Map<string, number>>();
  for (const { rule: slug, verdict, alerts } of rows) {
    const known = verdicts.get(slug) ?? new Map<string, number>();
    verdicts.set(slug, known.set(verdict ?? 'none', alerts));
  }
  return verdicts;
}
