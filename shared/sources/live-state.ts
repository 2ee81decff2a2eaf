import { type Instant, MINUTE, type Milliseconds, parseInstant } from '#shared/base/time.ts';

/** What is known of the streams, as far as it tells whether they run. */
export interface StreamsSeen {
  readonly sources: readonly { readonly lastArrival: string; readonly recordsPerSecond: number }[];
  /** Acknowledged and not yet in the store. */
  readonly waitingRecords: number;
  /** Why nothing can be loaded at present. */
  readonly trouble: string | null;
}

export type LiveState =
  /** Nobody has ever sent anything. */
  | { readonly kind: 'none' }
  | { readonly kind: 'live'; readonly recordsPerSecond: number }
  | { readonly kind: 'behind'; readonly records: number; readonly recordsPerSecond: number }
  /** Nothing can be loaded. */
  | { readonly kind: 'stuck'; readonly reason: string }
  /** Nothing comes any more. */
  | { readonly kind: 'silent'; readonly since: string };

const SILENT_AFTER: Milliseconds = 5 * MINUTE;
/** What may wait without anybody being behind: some seconds of what comes. */
const SECONDS_WAITING = 5;
const LEAST_BEHIND = 500;

/** Whether what happens on the hosts is what is seen here. */
export function liveState({ sources, waitingRecords, trouble }: StreamsSeen, now: Instant): LiveState {
  if (trouble !== null) return { kind: 'stuck', reason: trouble };
  const last = sources.reduce((latest, { lastArrival }) => (lastArrival > latest ? lastArrival : latest), '');
  const arrived = parseInstant(last);
  if (arrived === null) return { kind: 'none' };
  const recordsPerSecond = sources.reduce((sum, source) => sum + source.recordsPerSecond, 0);
  const isBehind = waitingRecords > Math.max(LEAST_BEHIND, SECONDS_WAITING * recordsPerSecond);
  if (isBehind) return { kind: 'behind', records: waitingRecords, recordsPerSecond };
  return now - arrived > SILENT_AFTER ? { kind: 'silent', since: last } : { kind: 'live', recordsPerSecond };
}
