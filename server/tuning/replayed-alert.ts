import type { Row } from '#shared/plan/value.ts';

/** What a rule would have alerted on about one set of keys. */
export interface ReplayedAlert {
  readonly rule: string;
  /** Id that the alert would have. */
  readonly alert: string;
  readonly label: string;
  readonly hosts: readonly string[];
  readonly parent: string | null;
  /** Ids of its occurrences and of their events. */
  readonly occurrences: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  /** Cells of its rows. */
  readonly rows: readonly Row[];
}

/** By the digest of rule and keys. */
export type ReplayedAlerts = ReadonlyMap<string, ReplayedAlert>;
