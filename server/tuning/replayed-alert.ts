import type { Report } from '#server/rules/first-reports.ts';
import type { EventNumber } from '#server/store/event-store.ts';
import type { Instant } from '#shared/base/time.ts';
import type { Row } from '#shared/plan/value.ts';

/** What a rule would have alerted on about one set of keys. */
export interface ReplayedAlert {
  readonly first: Report;
  /** Which occurrences it has, by their `occurrence`, and the events of all. */
  readonly occurrences: ReadonlySet<Instant>;
  readonly events: ReadonlySet<EventNumber>;
  /** Cells of its rows. */
  readonly rows: readonly Row[];
}

/** By the digest of rule and keys. */
export type ReplayedAlerts = ReadonlyMap<string, ReplayedAlert>;
