import type { Instant } from '../base/time.ts';
import type { Value } from '../plan/value.ts';

/** What one run of a rule found for one set of keys, before it becomes, or joins, an alert. */
export interface AlertDraft {
  /** Slug. */
  readonly rule: string;
  readonly keys: Readonly<Record<string, Value>>;
  /** The result row's own columns; `VALUES` always as sorted lists. */
  readonly columns: Readonly<Record<string, Value>>;
  /** Public ids of the contributing events, by time, then id. */
  readonly events: readonly string[];
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  /** The run: its time, and the range of event time it looked at. */
  readonly tick: Instant;
  readonly window: { readonly from: Instant; readonly to: Instant };
  /**
   * The time that tells this occurrence from others of the same keys: of the first event where overlapping runs report the
   * same (an event, a new term), else of the run.
   */
  readonly occurrence: Instant;
  /** See `Alert.historyCovered`. */
  readonly historyCovered: number | null;
  /** Taken from the contributing events: the first one's image and parent, all hosts and users. */
  readonly subject: {
    readonly commandLine: string | null;
    readonly processName: string | null;
    readonly executable: string | null;
    readonly workingDirectory: string | null;
    readonly parentName: string | null;
    readonly parentExecutable: string | null;
    readonly hosts: readonly string[];
    readonly users: readonly string[];
  };
}
