import type { TimeRange } from '#server/rules/ticks.ts';
import type { ReplayedAlerts } from '#server/tuning/replayed-alert.ts';
import { replayedAlerts } from '#server/tuning/replayed-alerts.ts';
import type { BrokenCase } from '#shared/api/tuning.ts';
import type { ExceptionDraft } from '#shared/exceptions/item.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { exceptionsInForce, type RuleException, type StandingException } from '#shared/rule/exceptions-in-force.ts';
import { casesBrokenByDraft } from './broken-cases.ts';
import type { EntryCounts } from './entry-counts.ts';
import { countEntries, heldEvents } from './held-events.ts';
import { countRows } from './held-results.ts';
import { lintContextOf } from './lint-draft.ts';
import type { PreviewContext } from './preview-context.ts';

/** A draft as it would stand, and what stands now. */
export interface Subject {
  readonly item: ExceptionDraft & RuleException;
  readonly standing: readonly StandingException[];
  /** Id of the one that the draft is a change of. */
  readonly replaces: string | undefined;
  /** Null: nothing is stored there. */
  readonly range: TimeRange | null;
}

export interface DraftEffect {
  /** What the rule raises without the draft and without what it replaces; with the draft; and as things are. */
  readonly without: ReplayedAlerts;
  readonly withDraft: ReplayedAlerts;
  readonly asIs: ReplayedAlerts;
  readonly counts: EntryCounts;
  readonly broken: readonly BrokenCase[];
}

/** What a draft does to one of its rules. */
export async function effectOn(
  context: PreviewContext,
  compiled: CompiledRule,
  { item, standing, replaces, range }: Subject,
): Promise<DraftEffect> {
  const { store, signal, now } = context;
  const { rule } = compiled;
  const inForce = exceptionsInForce(standing, rule.slug, now);
  const others = inForce.filter(({ id }) => id !== replaces);
  const broken = casesBrokenByDraft(context, compiled, { inForce, others }, item);
  if (!range) return { ...NOTHING_STORED, broken: await broken };
  const raised = (exceptions: readonly RuleException[]) => replayedAlerts({ store, rule, exceptions, range, signal });
  const options = { now: range.to, signal };
  const held = item.stage === 'event' ? heldEvents(store, compiled, item, range, options) : null;
  // Both sides at once, with what the draft holds for between them: each leaves a processor idle at times.
  const [without, withDraft, asIs] = await Promise.all([
    raised(others),
    // An exception that no matching event meets leaves every run as it was: no need to make them again.
    held?.then(({ matchedEvents }) => (matchedEvents === 0 ? null : raised([...others, item]))) ??
      raised([...others, item]),
    others.length === inForce.length ? null : raised(inForce),
    broken,
  ]);
  const counts = held
    ? await countEntries(store, await held, item, without, options)
    : countRows(lintContextOf(store, compiled).columns, item, without, options);
  return { without, withDraft: withDraft ?? without, asIs: asIs ?? without, counts, broken: await broken };
}

const NOTHING_STORED: Omit<DraftEffect, 'broken'> = {
  without: new Map(),
  withDraft: new Map(),
  asIs: new Map(),
  counts: { ruleEvents: 0, matchedEvents: 0, entries: [] },
};
