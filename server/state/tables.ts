import type { Generated } from 'kysely';

/**
 * The console's own records. Ids are text, times ISO 8601 UTC text, so that they sort as they are; structured values are
 * JSON text behind a `jsonColumn`, truth values 0 or 1. Column names are camel case here, snake case in the database.
 */
export interface Tables {
  alerts: AlertTable;
  alertValues: AlertValueTable;
  alertEvents: AlertEventTable;
  occurrences: OccurrenceTable;
  activity: ActivityTable;
  notes: NoteTable;
  stepStates: StepStateTable;
  guideVersions: GuideVersionTable;
  exceptions: ExceptionTable;
  exceptionLists: ExceptionListTable;
  valueLists: ValueListTable;
  exceptionVersions: ExceptionVersionTable;
  exceptionHits: ExceptionHitTable;
  exceptionProgress: ExceptionProgressTable;
  exceptionNotices: ExceptionNoticeTable;
  exceptionImports: ExceptionImportTable;
  uploads: UploadTable;
  runs: RunTable;
  ruleSettings: RuleSettingTable;
  customRules: CustomRuleTable;
  ruleVersions: RuleVersionTable;
  undo: UndoTable;
  settings: SettingTable;
  ingestKeys: IngestKeyTable;
  sources: SourceTable;
  sourceSettings: SourceSettingTable;
  sourceRejects: SourceRejectTable;
  sourceRejectDays: SourceRejectDayTable;
  streamOffsets: StreamOffsetTable;
  savedSearches: SavedSearchTable;
  savedViews: SavedViewTable;
  viewChoices: ViewChoiceTable;
}

export interface SavedSearchTable {
  id: string;
  name: string;
  language: string;
  query: string;
  columns: string;
  windowFrom: string | null;
  windowTo: string | null;
  createdAt: string;
  createdBy: string;
}

/** A way to look at the queue, under a name. */
export interface SavedViewTable {
  id: string;
  name: string;
  /** Whether everybody sees it, or only who made it. */
  shared: number;
  /** The part of the queue's URL behind the question mark. */
  state: string;
  version: number;
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
}

/** What a person has chosen about a view. */
export interface ViewChoiceTable {
  actor: string;
  viewId: string;
  pinned: number;
  isDefault: number;
}

export interface IngestKeyTable {
  id: string;
  name: string;
  /** Hex SHA-256 of the secret. */
  digest: string;
  createdAt: string;
  createdBy: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

/** What has come over one key into one index, all counts since the first arrival. */
export interface SourceTable {
  /** Digest of key and name. */
  id: string;
  /** The index or stream that the sender names. */
  name: string;
  keyId: string;
  /** How the sender's program names itself. */
  client: string;
  records: number;
  events: number;
  duplicates: number;
  rejected: number;
  skipped: number;
  firstArrival: string;
  lastArrival: string;
  /** Milliseconds that the newest record's time lies before its arrival; less than 0: its clock is ahead. */
  clockSkew: number | null;
}

/** How records of a source are stored: of a stream by the source's id, of uploads by what they are recognised as. */
export interface SourceSettingTable {
  source: string;
  splitMerged: number;
  updatedAt: string;
  updatedBy: string;
}

export interface SourceRejectTable {
  source: string;
  /** UTC, `2026-11-22`. */
  day: string;
  /** Number of the segment and place in it: the record, however often it is loaded. */
  segment: number;
  line: number;
  reason: string;
  text: string;
}

/** Rejects of a source within a day: how many there were, and what of them is kept. */
export interface SourceRejectDayTable {
  source: string;
  day: string;
  rejected: number;
  kept: number;
  bytes: number;
}

/** How far a resumable stream has come: where its next byte belongs. */
export interface StreamOffsetTable {
  stream: string;
  next: number;
  updatedAt: string;
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

/** Who did what, when: written in the transaction of the change itself, never altered. */
export interface ActivityTable {
  id: string;
  at: string;
  actor: string;
  subject: 'alert' | 'exception' | 'rule' | 'upload' | 'ingest-key' | 'search' | 'settings' | 'source' | 'view';
  subjectId: string;
  action: string;
  detail: string;
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

/** Every state that users gave the guide of a rule; version 0 is the guide as it was shipped. */
export interface GuideVersionTable {
  rule: string;
  version: number;
  at: string;
  actor: string;
  why: string;
  /** JSON; null: put back to how it was shipped. */
  guide: string | null;
}

/** Every state that users gave a rule; version 0 is the rule as it was shipped. */
export interface RuleVersionTable {
  rule: string;
  version: number;
  at: string;
  actor: string;
  why: string;
  /** JSON: what differs from what it was made of; null: put back to how it was shipped. */
  changes: string | null;
}

export interface ExceptionTable {
  id: string;
  /** Null where it stands in a list. */
  rule: string | null;
  list: string | null;
  itemId: string;
  name: string;
  reason: string;
  stage: string;
  /** JSON, as `osTypes`, `tags`, `comments`, `meta`, `cases` and `origin`. */
  entries: string;
  osTypes: string;
  tags: string;
  comments: string;
  meta: string | null;
  cases: string;
  enabled: number;
  expiresAt: string | null;
  origin: string | null;
  version: number;
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
}

export interface ExceptionListTable {
  id: string;
  name: string;
  description: string;
  type: string;
  namespace: string;
  osTypes: string;
  tags: string;
  meta: string | null;
  /** JSON: slugs of the rules it is attached to. */
  rules: string;
  version: number;
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
}

export interface ValueListTable {
  id: string;
  name: string;
  type: string;
  /** JSON. */
  values: string;
  version: number;
  updatedAt: string;
  updatedBy: string;
}

/** Every state an exception was ever in; it outlives the exception. */
export interface ExceptionVersionTable {
  exception: string;
  version: number;
  at: string;
  actor: string;
  action: string;
  why: string;
  /** JSON. */
  draft: string;
}

/** What an exception has left out since it was approved, and the JSON profile of what it left out by then. */
export interface ExceptionHitTable {
  exception: string;
  hits: number;
  lastHit: string | null;
  profile: string;
}

/** Number of the event up to which a rule's exceptions have been counted. */
export interface ExceptionProgressTable {
  rule: string;
  next: number;
}

/** An exception began to hide something it did not hide when it was approved. */
export interface ExceptionNoticeTable {
  id: string;
  exception: string;
  at: string;
  kind: string;
  value: string;
  seenBy: string | null;
}

/** What an import replaced, until it is put back. */
export interface ExceptionImportTable {
  id: string;
  at: string;
  actor: string;
  /** JSON. */
  before: string;
}

export interface UploadTable {
  id: string;
  /** Number of the batch in the event store. */
  batch: number;
  name: string;
  /** Id of the bundled sample it is, null for a user's file. */
  sample: string | null;
  /** Name of the mapping that its content was recognised as; null before that. */
  recognised: string | null;
  status: string;
  bytesReceived: number;
  bytesExpected: number | null;
  records: number;
  events: number;
  rejected: number;
  duplicates: number;
  eventsPerSecond: number | null;
  windowFrom: string | null;
  windowTo: string | null;
  sha256: string | null;
  alertsRaised: number | null;
  notes: string;
  error: string | null;
  startedAt: string;
  finishedAt: string | null;
}

export interface RunTable {
  id: string;
  rule: string;
  kind: string;
  status: string;
  windowFrom: string;
  windowTo: string;
  startedAt: string;
  durationMs: number;
  eventsScanned: number | null;
  eventsMatched: number;
  alertsRaised: number;
  alertsRecurred: number;
  cut: number;
  /** JSON: the first of what was cut. */
  cutRows: string;
  skipped: string;
  warnings: string;
  error: string | null;
}

export interface RuleSettingTable {
  rule: string;
  enabled: number;
  /** Time of the last scheduled run. */
  lastTick: string | null;
}

export interface CustomRuleTable {
  slug: string;
  base: string | null;
  source: string | null;
  /** JSON. */
  changes: string;
  version: number;
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
}

export interface UndoTable {
  id: string;
  actor: string;
  expiresAt: string;
  /** JSON: what each alert was before. */
  entries: string;
}

export interface SettingTable {
  name: string;
  value: string;
}
