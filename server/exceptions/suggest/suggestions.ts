import type * as z from 'zod';
import { lintContextOf } from '#server/exceptions/lint-draft.ts';
import type { PreviewContext } from '#server/exceptions/preview-context.ts';
import { readStanding } from '#server/exceptions/standing.ts';
import type { TimeRange } from '#server/rules/ticks.ts';
import { replayedAlerts } from '#server/tuning/replayed-alerts.ts';
import type { Suggestion, suggestExceptions } from '#shared/api/exception-suggestions.ts';
import { exceptionsInForce } from '#shared/rule/exceptions-in-force.ts';
import { inTurns } from './in-turns.ts';
import type { JudgedAlert } from './judged-alert.ts';
import { noisyGroups } from './noisy-groups.ts';
import { proposeExceptions } from './propose.ts';
import { prove } from './prove.ts';
import { readJudged } from './read-judged.ts';

type Suggestions = z.output<typeof suggestExceptions.response>;

/** Each is proved by a replay of its own. */
const MOST_SUGGESTIONS = 5;
/** The newest false positives: beyond them a pattern shows no better. */
const MOST_NOISE = 20_000;

/**
 * Exceptions that would have kept a rule's false positives away, each replayed over everything stored: none that would hide, or
 * change, a true positive, an alert somebody works on, or an open one of another look, and none that breaks a case.
 */
export async function suggestionsFor(
  context: PreviewContext,
  slug: string,
  range: TimeRange | null,
): Promise<Suggestions> {
  const { state, store, rules, now, signal } = context;
  const { rule } = rules.get(slug);
  const isSeen = seenFields(context, slug);
  const judged = await readJudged(state, slug, isSeen, signal);
  const noisy = await noisyGroups(state, slug, isSeen);
  const truePositives = judged.filter(({ stand }) => stand === 'kept').length;
  const isNoise = ({ stand }: JudgedAlert): boolean => stand === 'noise';
  if (!range || !judged.some(isNoise)) return { suggestions: [], noisy, falsePositives: 0, truePositives };
  const exceptions = exceptionsInForce(await readStanding(state), slug, now);
  const raised = await replayedAlerts({ store, rule, exceptions, range, signal });
  // What an exception in force hides already needs no second one.
  const noise = judged
    .filter((alert) => isNoise(alert) && raised.has(alert.id))
    .toSorted((one, other) => (one.raisedAt > other.raisedAt ? -1 : 1))
    .slice(0, MOST_NOISE);
  const alerts = [...noise, ...judged.filter((alert) => !isNoise(alert))];
  const suggestions: Suggestion[] = [];
  for (const proposal of await inTurns(proposeExceptions(alerts), signal)) {
    if (suggestions.length === MOST_SUGGESTIONS) break;
    const proved = await prove(context, { rule: slug, range, alerts, raised }, proposal);
    if (proved) suggestions.push(proved);
  }
  return { suggestions, noisy, falsePositives: noise.length, truePositives };
}

/** Leaving events out by what a counting rule does not group by changes its counts: only its keys are proposed. */
function seenFields({ store, rules }: PreviewContext, slug: string): (field: string) => boolean {
  const compiled = rules.compiled(slug);
  if (!compiled.ok) return () => false;
  const { groupingKeys } = lintContextOf(store, compiled.value);
  return (field) => store.catalogue.find(field) !== undefined && (groupingKeys?.includes(field) ?? true);
}
