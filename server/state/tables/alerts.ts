import type { Generated } from 'kysely';

/** Alerts, what was seen of them, and what analysts have done with them. */
export interface AlertTables {
  alerts: AlertTable;
  alertValues: AlertValueTable;
  alertEvents: AlertEventTable;
  occurrences: OccurrenceTable;
  notes: NoteTable;
  stepStates: StepStateTable;
  undo: UndoTable;
}

export interface AlertTable {
  id: string;
  rule: string;
  ruleName: string;
  severity: string;
  riskScore: number;
  status: string;
  verdict: string | null;
  assignee: string | null;
  /** JSON: the alert's identity within its rule. */
  keys: string;
  /** Digest of rule and keys: alerts about the same thing share it. */
  keysDigest: string;
  /** JSON list, sorted; `alertValues` has the same for filters. */
  tags: Generated<string>;
  /** JSON: columns of the latest occurrence. */
  columns: string;
  commandLine: string | null;
  commandShape: string | null;
  processName: string | null;
  executable: string | null;
  workingDirectory: string | null;
  parentName: string | null;
  parentExecutable: string | null;
  /** JSON lists; `alertValues` has the same for filters. */
  hosts: string;
  users: string;
  firstSeen: string;
  lastSeen: string;
  raisedAt: string;
  updatedAt: string;
  eventCount: number;
  occurrenceCount: number;
  historyCovered: number | null;
  stepsAnswered: number;
  /** Of them, those that later data contradicts. */
  stepsStale: Generated<number>;
  /** When its answers were last compared with the data; null: not since they were given. */
  answersCheckedAt: Generated<string | null>;
  /** Version of the guide that its steps were answered by; null before the first answer. */
  guideVersion: Generated<number | null>;
  /** Lower-cased text that the queue's text filter looks in. */
  searchText: string;
  version: number;
}

/** One host, user or tag of an alert a row. */
export interface AlertValueTable {
  alertId: string;
  kind: 'host' | 'user' | 'tag';
  value: string;
}

/** Contributing events by public id. */
export interface AlertEventTable {
  alertId: string;
  eventId: string;
}

export interface OccurrenceTable {
  id: string;
  alertId: string;
  tick: string;
  windowFrom: string;
  windowTo: string;
  firstSeen: string;
  lastSeen: string;
  columns: string;
  eventCount: number;
  raisedAt: string;
}

export interface NoteTable {
  id: string;
  alertId: string;
  at: string;
  author: string;
  text: string;
}

export interface StepStateTable {
  alertId: string;
  step: string;
  finding: string | null;
  note: string;
  evidence: string;
  author: string;
  updatedAt: string;
  version: number;
  /** JSON: what the data said when the finding was given. */
  seen: string | null;
  /** JSON: what has changed since, so that the finding is out of date. */
  changes: Generated<string>;
}

export interface UndoTable {
  id: string;
  actor: string;
  expiresAt: string;
  /** JSON: what each alert was before. */
  entries: string;
}
