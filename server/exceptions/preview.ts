import type { z } from 'zod';
import type { RuleBook } from '#server/alerts/rule-book.ts';
import { Refusal } from '#server/refusal.ts';
import type { TimeRange } from '#server/rules/ticks.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { type Difference, differenceOf } from '#server/tuning/difference.ts';
import { type ReplayedAlert, type ReplayedAlerts, replayedAlerts } from '#server/tuning/replayed-alerts.ts';
import type { checkException } from '#shared/api/exceptions.ts';
import { formatInstant, type Instant } from '#shared/base/time.ts';
import type { ExceptionDraft } from '#shared/exceptions/item.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { exceptionsInForce, type RuleException, type StandingException } from '#shared/rule/exceptions-in-force.ts';
import { casesBrokenByDraft } from './broken-cases.ts';
import { countEntries, type EntryCounts } from './entry-counts.ts';
import { lintDraft } from './lint-draft.ts';
import { readLists } from './lists.ts';
import { originOf } from './origin.ts';
import { readListValues, readStanding } from './standing.ts';

type Check = z.output<typeof checkException.response>;
export type Preview = Check & Pick<Difference, 'removedKeys'> & { readonly rules: readonly string[] };

export interface PreviewContext {
  readonly state: StateReader;
  readonly store: EventStore;
  readonly rules: RuleBook;
  readonly openEmpty: () => EventStore;
  readonly now: Instant;
  readonly signal: AbortSignal;
}

export interface PreviewRequest {
  readonly draft: ExceptionDraft;
  /** Id of the exception that the draft is a change of. */
  readonly replaces: string | undefined;
  /** Null: nothing is stored there. */
  readonly range: TimeRange | null;
}

/**
 * What a draft is worth: its lint, and its effect on what its rules would have alerted on over a stretch of stored events,
 * with the other exceptions in force.
 */
export async function previewDraft(
  context: PreviewContext,
  { draft, replaces, range }: PreviewRequest,
): Promise<Preview> {
  const started = performance.now();
  const rules = await rulesOf(context, draft);
  const item = { ...draft, lists: await readListValues(context.state) };
  const standing = (await readStanding(context.state)).filter(({ id }) => id !== replaces);
  const compiled = rules.map((slug) => compiledOf(context, slug));
  const lint = compiled.flatMap((rule) =>
    lintDraft(context, rule, item, exceptionsInForce(standing, rule.rule.slug, context.now)),
  );
  const diagnostics = distinct(lint);
  if (diagnostics.some(({ severity }) => severity === 'error')) return { ...NO_EFFECT, rules, diagnostics };
  const subject = { item, standing, range };
  const effects = [];
  for (const rule of compiled) effects.push(await effectOn(context, rule, subject));
  const without = merged(effects.map((effect) => effect.without));
  const withDraft = merged(effects.map((effect) => effect.withDraft));
  const newTerms = compiled.some(({ rule }) => rule.newTerms !== null);
  const counts = sumOf(
    effects.map((effect) => effect.counts),
    draft.entries.length,
  );
  return {
    ...(await differenceOf(context.state, without, withDraft, newTerms)),
    rules,
    diagnostics: [...diagnostics, ...lintEffect(draft, counts)],
    matchedEvents: draft.stage === 'event' ? counts.matchedEvents : null,
    ruleEvents: counts.ruleEvents,
    entries: [...counts.entries],
    origin: draft.origin && (await originOf(context, item, draft.origin.alert, without, withDraft)),
    brokenCases: effects.flatMap(({ broken }) => broken),
    range: range && { from: formatInstant(range.from), to: formatInstant(range.to) },
    durationMs: Math.round(performance.now() - started),
  };
}

type Item = ExceptionDraft & RuleException;

interface Effect {
  readonly without: ReplayedAlerts;
  readonly withDraft: ReplayedAlerts;
  readonly counts: EntryCounts;
  readonly broken: Check['brokenCases'];
}

async function effectOn(
  context: PreviewContext,
  compiled: CompiledRule,
  { item, standing, range }: { item: Item; standing: readonly StandingException[]; range: TimeRange | null },
): Promise<Effect> {
  const { store, signal, now } = context;
  const { rule } = compiled;
  const others = exceptionsInForce(standing, rule.slug, now);
  const broken = await casesBrokenByDraft(context, compiled, others, item);
  if (!range) return { without: new Map(), withDraft: new Map(), counts: NO_COUNTS, broken };
  const options = { now: range.to, signal };
  const without = await replayedAlerts({ store, rule, exceptions: others, range, signal });
  const isEvent = item.stage === 'event';
  const counts = isEvent ? await countEntries(store, compiled, item, range, without, options) : NO_COUNTS;
  // An exception that no matching event meets leaves every run as it was: no need to make them again.
  const idle = isEvent && counts.matchedEvents === 0;
  const withDraft = idle
    ? without
    : await replayedAlerts({ store, rule, exceptions: [...others, item], range, signal });
  return { without, withDraft, counts, broken };
}

const NO_COUNTS: EntryCounts = { ruleEvents: 0, matchedEvents: 0, entries: [] };

const NO_EFFECT: Preview = {
  rules: [],
  removedKeys: [],
  diagnostics: [],
  matchedEvents: null,
  ruleEvents: 0,
  entries: [],
  removed: 0,
  kept: 0,
  created: 0,
  changed: 0,
  renewed: 0,
  removedExamples: [],
  createdExamples: [],
  changedExamples: [],
  verdicts: { removed: {}, kept: {}, changed: {}, created: {} },
  removedTruePositives: 0,
  hosts: [],
  parents: [],
  origin: null,
  brokenCases: [],
  range: null,
  durationMs: 0,
};

/** The rules that a draft is for: its own, or those of its list. */
async function rulesOf({ state, rules }: PreviewContext, { rule, list }: ExceptionDraft): Promise<readonly string[]> {
  if (rule !== null) return [rules.get(rule).rule.slug];
  const found = (await readLists(state)).find(({ id }) => id === list);
  if (!found) throw new Refusal('invalid-request', `There is no list ${list}.`);
  return found.rules.filter((slug) => rules.find(slug) !== undefined);
}

function compiledOf({ rules }: PreviewContext, slug: string): CompiledRule {
  const compiled = rules.compiled(slug);
  if (compiled.ok) return compiled.value;
  throw new Refusal('invalid-query', 'The rule itself does not compile, so nothing can be said of an exception to it.');
}

const distinct = (diagnostics: Check['diagnostics']): Check['diagnostics'] => [
  ...new Map(diagnostics.map((one) => [`${one.code} ${one.message}`, one])).values(),
];

/** Keys name the rule: alerts of several rules do not meet. */
const merged = (all: readonly ReplayedAlerts[]): ReplayedAlerts =>
  new Map<string, ReplayedAlert>(all.flatMap((alerts) => [...alerts]));

function sumOf(counts: readonly EntryCounts[], entries: number): EntryCounts {
  const sum = (numbers: readonly (number | null | undefined)[]): number | null =>
    numbers.reduce<number | null>((total, one) => (total === null || typeof one !== 'number' ? null : total + one), 0);
  return {
    ruleEvents: sum(counts.map(({ ruleEvents }) => ruleEvents)) ?? 0,
    matchedEvents: sum(counts.map(({ matchedEvents }) => matchedEvents)) ?? 0,
    entries: Array.from({ length: entries }, (_, index) => ({
      events: sum(counts.map((count) => count.entries[index]?.events)),
      alerts: sum(counts.map((count) => count.entries[index]?.alerts)),
    })),
  };
}

/** Share of a rule's matches above which an exception is nearly the rule switched off. */
const BROAD_SHARE = 0.25;
/** Of fewer matches a share says nothing. */
const ENOUGH_EVENTS = 20;

/** What the data says of a draft that reads well. */
function lintEffect(draft: ExceptionDraft, counts: EntryCounts): Check['diagnostics'] {
  if (draft.stage === 'result' || counts.ruleEvents === 0) return [];
  const found: Check['diagnostics'] = [];
  const share = counts.matchedEvents / counts.ruleEvents;
  if (share > BROAD_SHARE && counts.ruleEvents >= ENOUGH_EVENTS) {
    found.push({
      code: 'broad-share',
      severity: 'warning',
      message: `It holds for ${Math.round(share * 100)} % of all events that the rule matches.`,
      remedy: 'Add a condition, or switch the rule off and say why.',
    });
  }
  for (const [entry, { events }] of counts.entries.entries()) {
    if (events !== 0) continue;
    found.push({
      code: 'never-held',
      severity: 'warning',
      entry,
      message: `Condition ${entry + 1} holds for none of the ${counts.ruleEvents} events that the rule matches in this range.`,
      remedy: 'Compare letter case and blanks with the data, or choose a value that the field has.',
    });
  }
  return found;
}
