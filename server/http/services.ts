import type { Logger } from 'pino';
import type { Evaluator } from '#server/alerts/evaluator.ts';
import type { RuleBook } from '#server/alerts/rule-book.ts';
import type { CaseResults } from '#server/alerts/rule-detail.ts';
import type { RetentionKeeper } from '#server/ingest/retention.ts';
import type { FailedSegments } from '#server/ingest/streams/failed-segments.ts';
import type { StreamSpool } from '#server/ingest/streams/stream-spool.ts';
import type { Uploads } from '#server/ingest/uploads/uploads.ts';
import type { LiveHub } from '#server/live/live-hub.ts';
import type { LiveStreams } from '#server/live/live-stream.ts';
import type { Author } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { FieldReader } from '#server/tuning/field-reader.ts';
import type { RuleEditor } from '#server/tuning/rule-editing.ts';
import type { EditingContext } from '#server/tuning/save-rule.ts';
import type { LiveTopic } from '#shared/api/status.ts';
import type { IngestServices } from './ingest/ingest-services.ts';

/** What requests are answered with. */
export interface Services {
  readonly state: State;
  readonly store: EventStore;
  readonly rules: RuleBook;
  readonly ruleEditor: RuleEditor;
  /** What a change of a rule is judged and saved by. */
  readonly editingContext: (author: Author, signal: AbortSignal) => Promise<EditingContext>;
  readonly fieldReader: FieldReader;
  readonly caseResults: CaseResults;
  readonly evaluator: Evaluator;
  /** To be called when a rule was switched on or off. */
  readonly rulesSwitched: () => void;
  readonly uploads: Uploads;
  readonly ingest: IngestServices;
  readonly spool: StreamSpool;
  readonly failed: FailedSegments;
  readonly retention: RetentionKeeper;
  readonly live: LiveStreams;
  readonly changes: Pick<LiveHub, 'position' | 'changedSince'>;
  readonly log: Logger;
  readonly version: string;
  /** Who changes something by a request, while there is no sign-in, and when. */
  readonly author: () => Author;
  readonly publish: (...topics: readonly LiveTopic[]) => void;
}
