import type { z } from 'zod';
import { foldDrafts } from '#server/alerts/fold.ts';
import { readableKeys } from '#server/alerts/readable-keys.ts';
import type { RuleBook } from '#server/alerts/rule-book.ts';
import { Refusal } from '#server/refusal.ts';
import { replayRule } from '#server/rules/replay.ts';
import { readRuleSources } from '#server/rules/rule-source.ts';
import { checkRule } from '#server/rules/run.ts';
import { replayTicks, type TimeRange } from '#server/rules/ticks.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import type { PreviewedAlert, previewRule } from '#shared/api/rule-editing.ts';
import { type Diagnostic, hasErrors } from '#shared/base/diagnostic.ts';
import { formatInstant, HOUR, MINUTE } from '#shared/base/time.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { exceptionsInForce, type StandingException } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { changedRule, type RuleChanges, ruleProblems } from '#shared/rule/rule-changes.ts';

type Preview = z.output<typeof previewRule.response>;
type Outcome = NonNullable<Preview['outcome']>;

export interface PreviewContext {
  readonly store: EventStore;
  readonly rules: RuleBook;
  readonly exceptions: readonly StandingException[];
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Alerts that the answer shows. */
const EXAMPLES = 50;
const EVENTS_EACH = 5;
const BUCKETS = 60;

export interface PreviewSubject {
  readonly slug: string | undefined;
  readonly text: string | undefined;
  readonly language: Rule['language'];
  readonly changes: RuleChanges;
}

/**
 * Runs a rule with changes, or a query alone, over a range of stored events, with the exceptions in force, and compares it with
 * the rule as it is saved. Two alerts are the same where their keys are.
 */
export async function preview(
  context: PreviewContext,
  asked: PreviewSubject,
  range: TimeRange | null,
): Promise<Preview> {
  const saved = asked.slug === undefined ? null : context.rules.get(asked.slug);
  const rule = saved ? changedRule(saved.original, asked.changes) : unsavedRule(asked);
  const exceptions = exceptionsInForce(context.exceptions, rule.slug, context.now);
  const compiled = compileRule(rule, context.store.catalogue, exceptions);
  const problems: readonly Diagnostic[] = [
    ...(compiled.ok ? [...compiled.value.warnings, ...checkRule(context.store, compiled.value)] : compiled.error),
    ...ruleProblems(rule),
  ];
  const diagnostics = problems.map(({ code, severity, message, remedy, span }) => ({
    code,
    severity,
    message,
    ...(remedy !== undefined && { remedy }),
    ...(span && { span }),
  }));
  if (!compiled.ok || hasErrors(problems) || !range) return { diagnostics, outcome: null };
  const started = performance.now();
  const { alerts, ...outcome } = await replayed(context, compiled.value, range);
  const before = saved && compileRule(saved.rule, context.store.catalogue, exceptions);
  const known = before?.ok ? (await replayed(context, before.value, range)).alerts : null;
  return {
    diagnostics,
    outcome: {
      ...outcome,
      alerts: alerts.size,
      examples: [...alerts.values()].slice(0, EXAMPLES),
      comparison: known && compare(known, alerts),
      durationMs: Math.round(performance.now() - started),
    },
  };
}

type Alerts = ReadonlyMap<string, PreviewedAlert>;

async function replayed(
  { store, signal }: PreviewContext,
  compiled: CompiledRule,
  range: TimeRange,
): Promise<Omit<Outcome, 'alerts' | 'examples' | 'comparison' | 'durationMs'> & { readonly alerts: Alerts }> {
  const { rule } = compiled;
  const ticks = replayTicks(range, rule.interval);
  const { drafts, cut, skipped, warnings, eventsMatched } = await replayRule(store, compiled, { range, signal });
  const foldings = foldDrafts(drafts);
  const bucketMs = bucketOf(range);
  return {
    from: formatInstant(range.from),
    to: formatInstant(range.to),
    runs: Math.floor((ticks.last - ticks.first) / ticks.interval) + 1,
    eventsMatched,
    alerts: alertsOf(foldings),
    histogram: histogramOf(
      foldings.map(({ draft }) => draft.lastSeen),
      bucketMs,
    ),
    bucketMs,
    cut: cut.length,
    skipped: [...skipped],
    warnings: [...warnings],
  };
}

function alertsOf(foldings: ReturnType<typeof foldDrafts>): Alerts {
  const alerts = new Map<string, PreviewedAlert>();
  for (const { keys, draft } of foldings) {
    const known = alerts.get(keys);
    if (known)
      alerts.set(keys, { ...known, occurrences: known.occurrences + 1, events: known.events + draft.events.length });
    else alerts.set(keys, previewedAlert(draft));
  }
  return alerts;
}

const previewedAlert = (draft: AlertDraft): PreviewedAlert => {
  const keys = readableKeys(draft.keys);
  return {
    label: draft.subject.commandLine ?? (Object.values(keys).join(' · ') || 'all events'),
    keys,
    firstSeen: formatInstant(draft.firstSeen),
    occurrences: 1,
    events: draft.events.length,
    examples: draft.events.slice(0, EVENTS_EACH),
  };
};

/** Lengths that a person reads at a glance. */
const STEPS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 7 * 24 * HOUR];

function bucketOf({ from, to }: TimeRange): number {
  const least = (to - from) / BUCKETS;
  return STEPS.find((step) => step >= least) ?? Math.ceil(least / HOUR) * HOUR;
}

function histogramOf(times: readonly number[], bucketMs: number): Outcome['histogram'] {
  const counts = new Map<number, number>();
  for (const time of times) {
    const at = Math.floor(time / bucketMs) * bucketMs;
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  return [...counts].sort(([left], [right]) => left - right).map(([at, count]) => ({ at: formatInstant(at), count }));
}

function compare(before: Alerts, after: Alerts): NonNullable<Outcome['comparison']> {
  const removed = [...before].filter(([keys]) => !after.has(keys)).map(([, alert]) => alert);
  const created = [...after].filter(([keys]) => !before.has(keys)).map(([, alert]) => alert);
  return {
    kept: before.size - removed.length,
    removed: removed.length,
    created: created.length,
    removedExamples: removed.slice(0, EXAMPLES),
    createdExamples: created.slice(0, EXAMPLES),
  };
}

/** A rule by its text; or a query that belongs to none, run as one that alerts on each event, or as its own ES|QL says. */
function unsavedRule({ text, language, changes }: PreviewSubject): Rule {
  if (text !== undefined) {
    const read = readRuleSources(text).rules[0]?.rule;
    if (read?.ok) return changedRule({ ...read.value, slug: NO_RULE.slug }, changes);
    throw new Refusal('invalid-request', read?.error[0]?.message ?? 'There is no rule in this text.');
  }
  if (changes.query === undefined) throw new Refusal('invalid-request', 'A query or a rule is needed for a preview.');
  return changedRule({ ...NO_RULE, type: language === 'esql' ? 'esql' : 'query', language }, changes);
}

const NO_RULE: Omit<Rule, 'type' | 'language'> = {
  slug: 'preview',
  ruleId: 'preview',
  name: 'Preview',
  description: '',
  query: '',
  filters: [],
  index: [],
  interval: 5 * MINUTE,
  window: 6 * MINUTE,
  maxSignals: 100,
  timestampOverride: null,
  newTerms: null,
  threshold: null,
  highlights: [],
  unapplied: [],
  severity: 'low',
  riskScore: 0,
  tags: [],
  threats: [],
  author: [],
  license: '',
  version: null,
  references: [],
  falsePositives: [],
  setup: null,
  note: null,
  createdDate: null,
  updatedDate: null,
  deprecated: null,
};
