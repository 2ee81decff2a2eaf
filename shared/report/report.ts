import type { AlertDetail } from '#shared/api/alerts.ts';
import type { EventSummary } from '#shared/api/events.ts';
import type { Finding, GuideStep } from '#shared/guide/guide.ts';
import type { SeenChange } from '#shared/guide/seen.ts';

/**
 * One or several alerts for someone who was not there: what the JSON bundle holds, and what the other forms are written
 * from. Everything that came from events is in it as it came: whoever shows it makes it visible and defangs it.
 */
export interface Report {
  readonly format: 'oddspawn-report';
  readonly formatVersion: 1;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly madeBy: string;
  /** Of the program. */
  readonly madeWith: string;
  readonly alerts: readonly AlertReport[];
  /** How many were asked for; more than `alerts` has where that was too many. */
  readonly alertsAsked: number;
  /** By time, over all alerts. */
  readonly timeline: readonly TimelineEntry[];
}

type Told = Pick<
  AlertDetail,
  'alert' | 'why' | 'explanation' | 'conditions' | 'occurrences' | 'activity' | 'prevalence' | 'notes'
>;

export interface AlertReport extends Told {
  /** Null where the rule is there no more. */
  readonly rule: ReportedRule | null;
  /** The earliest contributing events. */
  readonly events: readonly ReportedEvent[];
  readonly eventsInAll: number;
  /** Of the contributing events, those that the store no longer has. */
  readonly eventsMissing: number;
  readonly tree: ReportedTree;
  readonly findings: readonly ReportedFinding[];
  /** `stale`: answered, and contradicted by what the data says when the report is made. */
  readonly steps: { readonly answered: number; readonly total: number; readonly stale: number };
  /** A verdict that the findings suggest, and why. */
  readonly suggestion: { readonly verdict: string; readonly reason: string } | null;
  readonly evidence: readonly EvidenceRecord[];
  readonly exceptions: readonly ReportedException[];
  /** What is left out, and of how much. */
  readonly cuts: readonly string[];
}

export interface ReportedRule {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly language: string;
  readonly query: string;
  /** Hex SHA-256 of the query's UTF-8 text. */
  readonly querySha256: string;
}

export interface ReportedEvent extends EventSummary {
  /** Hex SHA-256 of the record's UTF-8 text as it came. */
  readonly sha256: string | null;
}

export interface ReportedTree {
  /** Indented lines, hostile characters spelled out. */
  readonly text: string;
  readonly processes: number;
  /** More of the lineage is in the data. */
  readonly truncated: boolean;
}

export interface ReportedFinding {
  readonly step: string;
  readonly title: string;
  readonly kind: GuideStep['kind'];
  readonly ask: string;
  readonly finding: Finding | null;
  /** What the data says otherwise than when the finding was given; none: it stands. */
  readonly changes: readonly SeenChange[];
  readonly note: string;
  readonly author: string | null;
  readonly at: string | null;
  /** Ids of the pinned events. */
  readonly evidence: readonly string[];
}

/** A pinned event. */
export interface EvidenceRecord {
  readonly event: string;
  /** What it said when it was pinned. */
  readonly summary: string;
  readonly pinnedAt: string;
  /** Titles of the steps it is pinned to. */
  readonly steps: readonly string[];
  /** The record as it came; null where the store no longer has it. */
  readonly record: string | null;
  readonly sha256: string | null;
}

export interface ReportedException {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  /** In plain words; values are event text. */
  readonly sentence: string;
  readonly enabled: boolean;
  readonly expiresAt: string | null;
  readonly createdBy: string;
  readonly createdAt: string;
  /** Made from this alert, else for its rule. */
  readonly fromThisAlert: boolean;
}

export interface TimelineEntry {
  readonly at: string;
  /** Id of the alert it belongs to. */
  readonly alert: string;
  readonly kind: 'event' | 'raised' | 'activity' | 'note';
  /** In our words. */
  readonly what: string;
  /** Text of an event or a person. */
  readonly detail: string;
}
