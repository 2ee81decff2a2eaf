import type { Logger } from 'pino';
import type { MatchKeeper } from '#server/alerts/match-keeper.ts';
import { type RuleBook, readMadeByUsers } from '#server/alerts/rule-book.ts';
import { readStanding } from '#server/exceptions/standing.ts';
import type { Services } from '#server/http/services.ts';
import type { LoadedRule } from '#server/rules/load.ts';
import type { State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { openFieldReader } from '#server/tuning/field-reader.ts';
import { openRuleEditor } from '#server/tuning/rule-editing.ts';
import { openWaitingSaves } from '#server/tuning/waiting-saves.ts';
import type { Instant } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';

export interface TuningOptions {
  readonly state: State;
  readonly store: EventStore;
  readonly rules: RuleBook;
  readonly enabled: () => Promise<readonly LoadedRule[]>;
  readonly matchKeeper: MatchKeeper;
  readonly clock: () => Instant;
  readonly log: Logger;
  readonly publish: Services['publish'];
}

export interface TuningParts extends Pick<Services, 'editingContext' | 'fieldReader' | 'ruleEditor' | 'rulesSwitched'> {
  readonly close: () => Promise<void>;
}

/** Wires what changes rules, and what gives the events the fields that rules read. */
export function tuningOf({ enabled, matchKeeper, publish, ...parts }: TuningOptions): TuningParts {
  const { state, store, rules, log } = parts;
  const editingContext: Services['editingContext'] = async (author, signal) => ({
    ...{ state, store, rules, signal, author, now: author.now },
    exceptions: await readStanding(state),
    openEmpty: () => openReferenceStore({ catalogue: store.catalogue }),
  });
  const rulesSwitched = (): void => {
    fieldReader.refresh().catch((error: unknown) => log.error({ err: error }, 'fields of rules are not read'));
    matchKeeper.refresh();
    publish('rules', 'fields');
  };
  const rulesChanged = async (): Promise<void> => {
    rules.load(await readMadeByUsers(state));
    rulesSwitched();
  };
  const waiting = openWaitingSaves({ ...parts, contextFor: editingContext, changed: rulesChanged });
  const fieldReader = openFieldReader({
    ...{ ...parts, enabled, waiting, publish, standing: ECS_PROCESS },
    async rulesChanged() {
      await rulesChanged();
      publish('events');
    },
  });
  return {
    ...{ editingContext, fieldReader, rulesSwitched },
    ruleEditor: openRuleEditor({ state, store, rules, fields: fieldReader, waiting, changed: rulesChanged }),
    async close() {
      await waiting.close();
      await fieldReader.close();
    },
  };
}
