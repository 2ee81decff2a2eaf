import type { Reported } from '#server/rules/count-once.ts';
import type { KnownOccurrences } from '#server/rules/found-rows.ts';
import type { LoadedRule } from '#server/rules/load.ts';
import { ticksOver } from '#server/rules/replay.ts';
import { checkRule, type RunOutcome, runRule } from '#server/rules/run.ts';
import { replayTicks, type TimeRange } from '#server/rules/ticks.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { formatDiagnostic, hasErrors } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { Instant } from '#shared/base/time.ts';
import { aggregate } from '#shared/plan/build.ts';
import type { Ticks } from '#shared/plan/plan.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { exceptionsInForce, type RuleException, type StandingException } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { eventTime, withinRuns } from '#shared/rule/schedule.ts';
import { lackingFields } from '#shared/rule/widen-for-rule.ts';
import type { Evaluation } from './evaluation.ts';

export interface EvaluatorOptions {
  readonly store: EventStore;
  readonly clock: () => Instant;
  /** All exceptions, in force or not. */
  readonly exceptions: () => Promise<readonly StandingException[]>;
  /** What alerts of earlier runs of a threshold rule have reported; nothing for other rules. */
  readonly reported: (rule: Rule, before: Instant) => Promise<Reported>;
  /** Which of these occurrences alerts know from runs at other times. */
  readonly known: KnownOccurrences;
  /** To be called when a rule with exceptions in force has run. */
  readonly spared: (slug: string) => Promise<void>;
  /** The rules that are switched on. */
  readonly enabled: () => Promise<readonly LoadedRule[]>;
}

/** Runs rules with the exceptions in force. A rule that cannot be run gives a failed evaluation, never an empty one. */
export interface Evaluator {
  /** All runs of the schedule of every enabled rule over a stretch of event time. */
  readonly replayAll: (range: TimeRange, signal: AbortSignal) => Promise<readonly Evaluation[]>;
  /**
   * The same for events that have just arrived, of the rules that judge events one by one: the others wait for their times. What
   * nothing was found in is not counted.
   */
  readonly arrived: (range: TimeRange, signal: AbortSignal) => Promise<readonly Evaluation[]>;
  /** Runs of one rule at these times. */
  readonly run: (rule: Rule, ticks: Ticks, kind: Evaluation['kind'], signal: AbortSignal) => Promise<Evaluation>;
}

export function openEvaluator(options: EvaluatorOptions): Evaluator {
  const { store, clock } = options;

  async function evaluate(
    rule: Rule,
    over: Ticks | TimeRange,
    kind: Evaluation['kind'],
    { signal, findingsOnly = false }: Choices,
  ): Promise<Evaluation> {
    const startedAt = clock();
    const started = performance.now();
    const exceptions = exceptionsInForce(await options.exceptions(), rule.slug, startedAt);
    const found = await attempt(store, rule, exceptions, signal, async (compiled) => {
      const ticks = 'interval' in over ? over : await ticksOver(store, compiled, over, signal);
      const reported = await options.reported(rule, ticks.first);
      return {
        ticks,
        ...(await runRule(store, compiled, ticks, { signal, reported, known: options.known, findingsOnly })),
      };
    });
    const { ticks, ...outcome } = found.ok ? found.value : { ticks: ticksAsked(rule, over), ...NOTHING };
    if (found.ok && exceptions.length > 0) await options.spared(rule.slug);
    const isCounted = found.ok && !(findingsOnly && outcome.drafts.length === 0);
    return {
      rule,
      kind,
      startedAt,
      window: { from: ticks.first - rule.window, to: ticks.last },
      durationMs: Math.round(performance.now() - started),
      ...outcome,
      eventsScanned: isCounted ? await countScanned(store, rule, ticks, signal) : null,
      error: found.ok ? null : found.error,
    };
  }

  async function replay(
    range: TimeRange,
    isWanted: (rule: Rule) => boolean,
    choices: Choices,
  ): Promise<readonly Evaluation[]> {
    const evaluations: Evaluation[] = [];
    for (const { rule } of await options.enabled()) {
      if (isWanted(rule)) evaluations.push(await evaluate(rule, range, 'replay', choices));
    }
    return evaluations;
  }

  return {
    run: (rule, ticks, kind, signal) => evaluate(rule, ticks, kind, { signal }),
    replayAll: (range, signal) => replay(range, () => true, { signal }),
    arrived: (range, signal) =>
      replay(range, (rule) => ARRIVING.has(rule.type) && lackingFields(store.catalogue, rule).length === 0, {
        signal,
        findingsOnly: true,
      }),
  };
}

/** See `RunChoices`: runs that come with every arrival are logged only where they find something. */
interface Choices {
  readonly signal: AbortSignal;
  readonly findingsOnly?: boolean;
}

/** They judge events one by one. */
const ARRIVING: ReadonlySet<Rule['type']> = new Set(['new_terms', 'query']);

const ticksAsked = ({ interval }: Rule, over: Ticks | TimeRange): Ticks =>
  'interval' in over ? over : replayTicks(over, interval);

const NOTHING: RunOutcome = { drafts: [], cut: [], skipped: [], warnings: [], eventsMatched: 0 };

/** Events in the stretch of time that these runs look at. */
async function countScanned(store: EventStore, rule: Rule, ticks: Ticks, signal: AbortSignal): Promise<number> {
  const where = withinRuns(eventTime(rule, store.catalogue), ticks, rule.window);
  const counted = { kind: 'aggregate', aggregates: [aggregate('events', 'count')], keys: [] } as const;
  const { rows } = await store.run({ steps: [{ kind: 'filter', where }, counted] }, { now: ticks.last, signal });
  return Number(rows[0]?.['events'] ?? 0);
}

/** Why a rule could not be run, in words, where it could not; an abort still rejects. */
async function attempt<Outcome>(
  store: EventStore,
  rule: Rule,
  exceptions: readonly StandingException[],
  signal: AbortSignal,
  run: (compiled: CompiledRule) => Promise<Outcome>,
): Promise<Result<Outcome, string>> {
  const compiled = runnable(store, rule, exceptions);
  if (!compiled.ok) return compiled;
  try {
    return succeed(await run(compiled.value));
  } catch (error) {
    signal.throwIfAborted();
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** The rule with exceptions in it, where it compiles and the store can run it exactly; else why not. */
export function runnable(
  store: EventStore,
  rule: Rule,
  exceptions: readonly RuleException[],
): Result<CompiledRule, string> {
  const lacking = lackingFields(store.catalogue, rule);
  if (lacking.length > 0) return fail(`It waits for ${lacking.join(', ')}, which the stored events do not have yet.`);
  const compiled = compileRule(rule, store.catalogue, exceptions);
  const problems = compiled.ok ? checkRule(store, compiled.value) : compiled.error;
  if (compiled.ok && !hasErrors(problems)) return compiled;
  return fail(problems.map((problem) => formatDiagnostic(rule.query, problem)).join(' '));
}
