import type * as z from 'zod';
import type { TimeRange } from '#server/rules/ticks.ts';
import type { StateReader } from '#server/state/open-state.ts';
import { type Difference, differenceOf } from '#server/tuning/difference.ts';
import type { ReplayedAlert, ReplayedAlerts } from '#server/tuning/replayed-alert.ts';
import { verdictsByKeys } from '#server/tuning/verdicts.ts';
import type { checkException } from '#shared/api/exceptions.ts';
import { formatInstant } from '#shared/base/time.ts';
import type { ExceptionDraft } from '#shared/exceptions/item.ts';
import { lintEffect } from '#shared/exceptions/lint/lint-effect.ts';
import { exceptionsInForce } from '#shared/rule/exceptions-in-force.ts';
import { effectOn } from './draft-effect.ts';
import { sumOf } from './entry-counts.ts';
import { lintDraft } from './lint-draft.ts';
import { originOf } from './origin.ts';
import { compiledOf, type PreviewContext, rulesOf } from './preview-context.ts';
import { readListValues, readStanding } from './standing.ts';

type Check = z.output<typeof checkException.response>;
export type Preview = Check & Pick<Difference, 'removedKeys'> & { readonly rules: readonly string[] };

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
  const standing = await readStanding(context.state);
  const compiled = rules.map((slug) => compiledOf(context, slug));
  const othersOf = (slug: string) => exceptionsInForce(standing, slug, context.now).filter(({ id }) => id !== replaces);
  const lint = compiled.flatMap((rule) => lintDraft(context, rule, item, othersOf(rule.rule.slug)));
  const diagnostics = distinct(lint);
  if (diagnostics.some(({ severity }) => severity === 'error')) return { ...NO_EFFECT, rules, diagnostics };
  const effects = [];
  for (const rule of compiled) effects.push(await effectOn(context, rule, { item, standing, replaces, range }));
  const without = merged(effects.map((effect) => effect.without));
  const withDraft = merged(effects.map((effect) => effect.withDraft));
  const asIs = merged(effects.map((effect) => effect.asIs));
  const newTerms = compiled.some(({ rule }) => rule.newTerms !== null);
  const counts = sumOf(
    effects.map((effect) => effect.counts),
    draft.entries.length,
  );
  const others = rules.flatMap(othersOf);
  const difference = await differenceOf(context, without, withDraft, newTerms);
  return {
    ...difference,
    rules,
    newTruePositives: await truePositivesIn(
      context.state,
      difference.removedKeys.filter((keys) => asIs.has(keys)),
    ),
    diagnostics: [...diagnostics, ...lintEffect(draft, counts)],
    matchedEvents: draft.stage === 'event' ? counts.matchedEvents : null,
    ruleEvents: counts.ruleEvents,
    entries: counts.entries.map(({ events, alerts }) => ({ events, alerts })),
    origin: draft.origin && (await originOf(context, item, draft.origin.alert, { without, withDraft, others })),
    brokenCases: effects.flatMap(({ broken }) => broken),
    range: range && { from: formatInstant(range.from), to: formatInstant(range.to) },
    durationMs: Math.round(performance.now() - started),
  };
}

async function truePositivesIn(state: StateReader, keys: readonly string[]): Promise<number> {
  const verdicts = await verdictsByKeys(state, keys);
  return [...verdicts.values()].filter(({ truePositive }) => truePositive).length;
}

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
  newTruePositives: 0,
  hosts: [],
  parents: [],
  origin: null,
  brokenCases: [],
  range: null,
  durationMs: 0,
};

const distinct = (diagnostics: Check['diagnostics']): Check['diagnostics'] => [
  ...new Map(diagnostics.map((one) => [`${one.code} ${one.message}`, one])).values(),
];

/** Keys name the rule: alerts of several rules do not meet. */
const merged = (all: readonly ReplayedAlerts[]): ReplayedAlerts =>
  new Map<string, ReplayedAlert>(all.flatMap((alerts) => [...alerts]));
