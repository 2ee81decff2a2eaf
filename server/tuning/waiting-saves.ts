import type { Logger } from 'pino';
import type { RuleBook } from '#server/alerts/rule-book.ts';
import {
  giveUpWaitingChange,
  keepWaitingChange,
  readWaitingChanges,
  type WaitingChange,
} from '#server/alerts/waiting-changes.ts';
import { Refusal } from '#server/refusal.ts';
import type { Author } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openJobQueue } from '#server/timing/job-queue.ts';
import { ShuttingDown } from '#server/timing/work-list.ts';
import type { Instant } from '#shared/base/time.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { lackingFields } from '#shared/rule/widen-for-rule.ts';
import { type EditingContext, ruleIn, saveRule, type WantedState } from './save-rule.ts';

export interface WaitingSavesOptions {
  readonly state: State;
  readonly store: EventStore;
  readonly rules: RuleBook;
  readonly clock: () => Instant;
  readonly log: Logger;
  readonly contextFor: (author: Author, signal: AbortSignal) => Promise<EditingContext>;
  /** To be called when something waits, waits no longer, or was saved. */
  readonly changed: () => Promise<void>;
}

/** A change that waits, with the rule as it will be. */
export interface WaitingSave {
  readonly change: WaitingChange;
  readonly rule: Rule;
}

/**
 * Changes of rules that are kept until the events have the fields that they read, and are saved then in the name of who made them: also by
 * a later process. One that cannot be saved then, or is called off, stays with the reason, for who made it.
 */
export interface WaitingSaves {
  readonly all: () => Promise<readonly WaitingSave[]>;
  readonly keep: (author: Author, slug: string, wanted: WantedState) => Promise<void>;
  /** Saves those that wait for nothing any more, one after the other; gives the slugs of the rules. */
  readonly saveReady: () => Promise<readonly string[]>;
  /** Calls all of them off; gives how many. */
  readonly callOff: (author: Author) => Promise<number>;
  /** Ends what is being saved; the next process begins that again. */
  readonly close: () => Promise<void>;
}

export function openWaitingSaves(options: WaitingSavesOptions): WaitingSaves {
  const { state, store, rules, clock, log, contextFor, changed } = options;
  const ending = new AbortController();
  /** One after the other: what is called off is not saved all the same, and nothing is saved twice. */
  const queue = openJobQueue();

  async function all(): Promise<readonly WaitingSave[]> {
    const waiting = (await readWaitingChanges(state)).filter(({ problem }) => problem === null);
    return waiting.flatMap((change) => {
      const booked = rules.find(change.rule);
      return booked ? [{ change, rule: ruleIn(booked, change) }] : [];
    });
  }

  /** Tells whether it is saved. */
  async function save({ rule: slug, actor, ...wanted }: WaitingChange): Promise<boolean> {
    try {
      await saveRule(await contextFor({ actor, now: clock() }, ending.signal), slug, wanted);
      return true;
    } catch (error) {
      if (ending.signal.aborted) return false;
      if (!(error instanceof Refusal)) log.error({ err: error, slug }, 'a change that waited could not be saved');
      await giveUpWaitingChange(state, slug, problemOf(error));
      return false;
    } finally {
      await changed();
    }
  }

  return {
    all,
    async keep(author, slug, wanted) {
      const { changes, version, why, override } = wanted;
      await state
        .transaction()
        .execute((transaction) =>
          keepWaitingChange(transaction, author, { rule: slug, changes, version, why, override }),
        );
      await changed();
    },
    saveReady: () =>
      queue.add(async () => {
        const saved: string[] = [];
        for (const { change, rule } of await all()) {
          const isReady = !ending.signal.aborted && lackingFields(store.catalogue, rule).length === 0;
          if (isReady && (await save(change))) saved.push(change.rule);
        }
        return saved;
      }),
    callOff: ({ actor }) =>
      queue.add(async () => {
        const waiting = await all();
        for (const { change } of waiting) await giveUpWaitingChange(state, change.rule, `${actor} cancelled it.`);
        return waiting.length;
      }),
    async close() {
      ending.abort(new ShuttingDown());
      await queue.idle();
    },
  };
}

function problemOf(error: unknown): string {
  if (error instanceof Refusal) return [error.message, error.remedy ?? ''].join(' ').trim();
  return error instanceof Error ? error.message : String(error);
}
