import type * as z from 'zod';
import { runCases } from '#server/rules/cases.ts';
import type { State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { ruleVersions } from '#shared/api/rule-editing.ts';
import type { getRule, listRules, RuleOrigin } from '#shared/api/rules.ts';
import { formatDiagnostic } from '#shared/base/diagnostic.ts';
import type { Result } from '#shared/base/result.ts';
import type { Instant } from '#shared/base/time.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { ruleCasesOf } from '#shared/rule/exception-cases.ts';
import { exceptionsInForce, type StandingException } from '#shared/rule/exceptions-in-force.ts';
import type { RuleCase } from '#shared/rule/rule.ts';
import type { CustomRule } from './custom-rules.ts';
import type { BookedRule, RuleBook } from './rule-book.ts';
import { disabledRules } from './rule-settings.ts';
import { NO_ALERTS, readRuleStandings } from './rule-standings.ts';
import { readRuns } from './runs.ts';
import { findWaitingChange, readWaitingChanges, type WaitingChange } from './waiting-changes.ts';

/** Runs that a rule's page lists. */
const RUNS = 50;

type RuleDetail = z.output<typeof getRule.response>;
type RuleList = z.output<typeof listRules.response>;

/** How the cases of a rule go, by slug. */
export type CaseResults = (slug: string) => Promise<RuleDetail['cases']>;

export interface CaseParts {
  readonly rules: RuleBook;
  readonly openEmpty: () => EventStore;
  readonly exceptions: () => Promise<readonly StandingException[]>;
  readonly clock: () => Instant;
}

/**
 * Runs the cases of a rule, and those that exceptions in force carry, on first demand, in a store of their own; remembers the
 * outcome for as long as it is that rule with those exceptions.
 */
export function caseResultsOf({ rules, openEmpty, exceptions, clock }: CaseParts): CaseResults {
  const known = new WeakMap<BookedRule, { readonly key: string; readonly results: Promise<RuleDetail['cases']> }>();
  return async (slug) => {
    const booked = rules.get(slug);
    const inForce = exceptionsInForce(await exceptions(), slug, clock());
    const kept = inForce.some(({ cases }) => cases.length > 0) ? inForce : [];
    const key = kept.map(({ id, version }) => `${id} ${version}`).join();
    const present = known.get(booked);
    const results = present?.key === key ? present.results : caseOutcomes(booked, kept, openEmpty);
    known.set(booked, { key, results });
    return results;
  };
}

async function caseOutcomes(
  { rule, cases }: BookedRule,
  exceptions: readonly StandingException[],
  openEmpty: () => EventStore,
): Promise<RuleDetail['cases']> {
  const store = openEmpty();
  try {
    const own = await outcomesOf(store, compileRule(rule, store.catalogue, []), cases, 1);
    const theirs = ruleCasesOf(exceptions);
    const spared = compileRule(rule, store.catalogue, exceptions);
    return [...own, ...(await outcomesOf(store, spared, theirs, cases.length + 1))];
  } finally {
    await store.close();
  }
}

async function outcomesOf(
  store: EventStore,
  compiled: Result<CompiledRule, unknown>,
  cases: readonly RuleCase[],
  firstBatch: number,
): Promise<RuleDetail['cases']> {
  const outcomes = compiled.ok ? await runCases(store, compiled.value, cases, firstBatch) : [];
  return cases.map(({ name, because, at, events, alerts }, index) => {
    const { passed, outcome } = outcomes[index] ?? { passed: false, outcome: 'the rule does not compile' };
    return { name, because, at, alerts, events: events.length, passed, outcome };
  });
}

export async function readRuleDetail(
  state: State,
  rules: RuleBook,
  caseResults: CaseResults,
  slug: string,
): Promise<RuleDetail> {
  const booked = rules.get(slug);
  const [off, standings, waiting] = await Promise.all([
    disabledRules(state),
    readRuleStandings(state, slug),
    findWaitingChange(state, slug),
  ]);
  const { alerts, open, verdicts } = standings.get(slug) ?? NO_ALERTS;
  return {
    rule: { ...booked.rule, enabled: !off.has(slug) },
    original: booked.original,
    origin: originOf(booked),
    version: versionOf(booked),
    custom: booked.custom ? customOf(booked.custom) : null,
    problem: problemOf(rules, slug),
    lacking: [...rules.lacking(slug)],
    waiting: waiting && waitingOf(waiting),
    guide: booked.guide,
    cases: await caseResults(slug),
    runs: await readRuns(state, slug, RUNS),
    alerts: { all: alerts, open },
    verdicts,
  };
}

export const originOf = ({ custom }: BookedRule): RuleOrigin =>
  custom ? (custom.slug === custom.base ? 'changed' : 'own') : 'shipped';

/** The number of its newest state; 0: nobody has changed it. */
export const versionOf = ({ versions }: BookedRule): number => versions[0]?.version ?? 0;

/** Every state that users gave a rule. */
export const readVersions = (rules: RuleBook, slug: string): z.output<typeof ruleVersions.response> => ({
  versions: rules.get(slug).versions.map(({ rule: _rule, ...version }) => version),
});

const customOf = ({ base, createdAt, createdBy, updatedAt, updatedBy }: CustomRule) => ({
  base,
  createdAt,
  createdBy,
  updatedAt,
  updatedBy,
});

const waitingOf = ({ at, actor, why, changes, problem }: WaitingChange) => ({ at, actor, why, changes, problem });

/** Why a rule cannot be run over the events of this console; null where it can, or waits for fields. */
export function problemOf(rules: RuleBook, slug: string): string | null {
  if (rules.lacking(slug).length > 0) return null;
  const compiled = rules.compiled(slug);
  if (compiled.ok) return null;
  const { query } = rules.get(slug).rule;
  return compiled.error.map((problem) => formatDiagnostic(query, problem)).join(' ');
}

/** All rules as a list shows them. */
export async function listRulesOf(state: State, rules: RuleBook): Promise<RuleList> {
  const [off, standings, changes] = await Promise.all([
    disabledRules(state),
    readRuleStandings(state),
    readWaitingChanges(state),
  ]);
  const standing = new Map(
    changes.map(({ rule, problem }) => [rule, problem === null ? 'waiting' : 'unsaved'] as const),
  );
  const each = rules.all.map(async (booked) => {
    const { slug } = booked.rule;
    const [lastRun] = await readRuns(state, slug, 1);
    const { alerts, open, verdicts } = standings.get(slug) ?? NO_ALERTS;
    return {
      ...booked.rule,
      enabled: !off.has(slug),
      openAlerts: open,
      alerts,
      lastRun: lastRun ?? null,
      verdicts,
      origin: originOf(booked),
      problem: problemOf(rules, slug),
      lacking: [...rules.lacking(slug)],
      change: standing.get(slug) ?? null,
    };
  });
  return { rules: await Promise.all(each), broken: [...rules.broken] };
}
