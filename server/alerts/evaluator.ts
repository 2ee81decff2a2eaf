import type { LoadedRule } from '#server/rules/load.ts';
import { checkRule, type RunOutcome, runRule } from '#server/rules/run.ts';
import { replayTicks, type TimeRange } from '#server/rules/ticks.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { formatDiagnostic, hasErrors } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { Instant } from '#shared/base/time.ts';
import type { Exception } from '#shared/exceptions/item.ts';
import type { Ticks } from '#shared/plan/plan.ts';
import { type CompiledRule, compileRule } from '#shared/rule/compile.ts';
import { exceptionsInForce, type RuleException } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';
import type { Evaluation } from './evaluation.ts';

export interface EvaluatorOptions {
  readonly store: EventStore;
  readonly clock: () => Instant;
  /** All exceptions, in force or not. */
  readonly exceptions: () => Promise<readonly Exception[]>;
  /** The rules that are switched on. */
  readonly enabled: () => Promise<readonly LoadedRule[]>;
}

/** Runs rules with the exceptions in force. A rule that cannot be run gives a failed evaluation, never an empty one. */
export interface Evaluator {
  /** All runs of the schedule of every enabled rule over a stretch of event time. */
  readonly replayAll: (range: TimeRange, signal: AbortSignal) => Promise<readonly Evaluation[]>;
  /** Runs of one rule at these times. */
  readonly run: (rule: Rule, ticks: Ticks, kind: Evaluation['kind'], signal: AbortSignal) => Promise<Evaluation>;
}

export function openEvaluator(options: EvaluatorOptions): Evaluator {
  const { store, clock } = options;

  const run: Evaluator['run'] = async (rule, ticks, kind, signal) => {
    const startedAt = clock();
    const started = performance.now();
    const exceptions = exceptionsInForce(await options.exceptions(), rule.slug, startedAt);
    const found = await attempt(store, rule, exceptions, ticks, signal);
    const outcome = found.ok ? found.value : NOTHING;
    return {
      rule,
      kind,
      startedAt,
      window: { from: ticks.first - rule.window, to: ticks.last },
      durationMs: Math.round(performance.now() - started),
      ...outcome,
      cut: outcome.cut.length,
      error: found.ok ? null : found.error,
    };
  };

  return {
    run,
    async replayAll(range, signal) {
      const evaluations: Evaluation[] = [];
      for (const { rule } of await options.enabled()) {
        evaluations.push(await run(rule, replayTicks(range, rule.interval), 'replay', signal));
      }
      return evaluations;
    },
  };
}

const NOTHING: RunOutcome = { drafts: [], cut: [], skipped: [], warnings: [], eventsMatched: 0 };

/** Why a rule could not be run, in words, where it could not; an abort still rejects. */
async function attempt(
  store: EventStore,
  rule: Rule,
  exceptions: readonly Exception[],
  ticks: Ticks,
  signal: AbortSignal,
): Promise<Result<RunOutcome, string>> {
  const compiled = runnable(store, rule, exceptions);
  if (!compiled.ok) return compiled;
  try {
    return succeed(await runRule(store, compiled.value, ticks, { signal }));
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
  const compiled = compileRule(rule, store.catalogue, exceptions);
  const problems = compiled.ok ? checkRule(store, compiled.value) : compiled.error;
  if (compiled.ok && !hasErrors(problems)) return compiled;
  return fail(problems.map((problem) => formatDiagnostic(rule.query, problem)).join(' '));
}
