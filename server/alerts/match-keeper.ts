import type { Logger } from 'pino';
import type { LoadedRule } from '#server/rules/load.ts';
import { standingFilter } from '#server/rules/standing-filter.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { runnable } from './evaluator.ts';

export interface MatchKeeperOptions {
  readonly store: EventStore;
  /** The rules that are switched on. */
  readonly enabled: () => Promise<readonly LoadedRule[]>;
  readonly log: Logger;
}

/** Tells the store what the enabled rules ask of every event, so that it keeps their matches. */
export interface MatchKeeper {
  /** Begins to tell it anew; to be called when rules are switched on or off. */
  readonly refresh: () => void;
  /** Stops; what was not complete is made when the program starts again. */
  readonly close: () => Promise<void>;
}

export function openMatchKeeper(options: MatchKeeperOptions): MatchKeeper {
  const ending = new AbortController();
  let underway: Promise<void> = Promise.resolve();

  const refresh = async (): Promise<void> => {
    try {
      if (!ending.signal.aborted) await keepMatches(options, ending.signal);
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
      return underway;
    },
  };
}

async function keepMatches({ store, enabled, log }: MatchKeeperOptions, signal: AbortSignal): Promise<void> {
  const rules = (await enabled()).flatMap(({ rule }) => {
    const compiled = runnable(store, rule, []);
    return compiled.ok ? [compiled.value] : [];
  });
  const kept = await store.keepMatches(rules.map(standingFilter), { signal });
  kept.forEach((one, index) => {
    if (!one.kept) log.info({ rule: rules[index]?.rule.slug, reason: one.reason }, 'matches of the rule are not kept');
  });
}
