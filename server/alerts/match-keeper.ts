import type { Logger } from 'pino';
import type { LoadedRule } from '#server/rules/load.ts';
import { standingFilters } from '#server/rules/standing-filter.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { alarm } from '#server/timing/alarm.ts';
import { type Instant, parseInstant } from '#shared/base/time.ts';
import { exceptionsInForce, isExpired, type StandingException } from '#shared/rule/exceptions-in-force.ts';
import { runnable } from './evaluator.ts';

export interface MatchKeeperOptions {
  readonly store: EventStore;
  /** The rules that are switched on. */
  readonly enabled: () => Promise<readonly LoadedRule[]>;
  /** All exceptions, in force or not. */
  readonly exceptions: () => Promise<readonly StandingException[]>;
  /** Told when the time of an exception has run out, for all who look at exceptions; to call `refresh` is its business. */
  readonly expired: () => void;
  readonly clock: () => Instant;
  readonly log: Logger;
}

/**
 * Tells the store what the enabled rules ask of every event, and what their exceptions leave out, so that it keeps both at hand.
 * Until it has done so, runs are slower for a while and the same.
 */
export interface MatchKeeper {
  /** Begins to tell it anew; to be called when rules are switched on or off, or exceptions have changed. */
  readonly refresh: () => void;
  /** Stops; what was not complete is made when the program starts again. */
  readonly close: () => Promise<void>;
}

export function openMatchKeeper(options: MatchKeeperOptions): MatchKeeper {
  const ending = new AbortController();
  const expiry = alarm(options.clock, options.expired);
  let underway: Promise<void> = Promise.resolve();

  const refresh = async (): Promise<void> => {
    try {
      if (ending.signal.aborted) return;
      const exceptions = await options.exceptions();
      expiry.set(nextExpiry(exceptions, options.clock()));
      await keepMatches(options, exceptions, ending.signal);
    } catch (error) {
      // Without matches rules are slower and answer the same.
      if (!ending.signal.aborted) options.log.error({ err: error }, 'matches of rules could not be kept');
    }
  };

  return {
    refresh: () => {
      underway = underway.then(refresh);
    },
    close: () => {
      ending.abort();
      return underway.finally(() => expiry.set(null));
    },
  };
}

/** The first instant at which one of these is no longer in force that is now; null where none ever ends. */
function nextExpiry(exceptions: readonly StandingException[], now: Instant): Instant | null {
  const ends = exceptions.flatMap(({ enabled, expiresAt }) =>
    enabled && expiresAt !== null && !isExpired({ expiresAt }, now) ? (parseInstant(expiresAt) ?? []) : [],
  );
  return ends.length === 0 ? null : ends.reduce((first, end) => Math.min(first, end)) + 1;
}

async function keepMatches(
  { store, enabled, clock, log }: MatchKeeperOptions,
  exceptions: readonly StandingException[],
  signal: AbortSignal,
): Promise<void> {
  const asked = (await enabled()).flatMap(({ rule }) => {
    const without = runnable(store, rule, []);
    if (!without.ok) return [];
    // With an exception that cannot be applied a rule does not run at all.
    const compiled = runnable(store, rule, exceptionsInForce(exceptions, rule.slug, clock()));
    return standingFilters(without.value, compiled.ok ? compiled.value : without.value).map((standing) => ({
      rule,
      standing,
    }));
  });
  const kept = await store.keepMatches(
    asked.map(({ standing }) => standing),
    { signal },
  );
  kept.forEach((one, index) => {
    if (!one.kept) log.info({ rule: asked[index]?.rule.slug, reason: one.reason }, 'matches of the rule are not kept');
  });
}
