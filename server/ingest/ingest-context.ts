import type { Logger } from 'pino';
import type { Evaluation } from '#server/alerts/evaluation.ts';
import type { State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { LiveTopic } from '#shared/api/status.ts';
import type { Instant } from '#shared/base/time.ts';

/** What both ways in work with. */
export interface IngestContext {
  readonly state: State;
  readonly store: EventStore;
  readonly clock: () => Instant;
  readonly log: Logger;
  /** Says what has changed. */
  readonly publish: (...topics: readonly LiveTopic[]) => void;
  /** Runs the rules that judge what has come, over a range of event time. */
  readonly evaluate: (range: { from: Instant; to: Instant }, signal: AbortSignal) => Promise<readonly Evaluation[]>;
}
