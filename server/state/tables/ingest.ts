/** What came in, from whom, and what could not be read. */
export interface IngestTables {
  uploads: UploadTable;
  ingestKeys: IngestKeyTable;
  sources: SourceTable;
  sourceSettings: SourceSettingTable;
  sourceRejects: SourceRejectTable;
  sourceRejectDays: SourceRejectDayTable;
  streamOffsets: StreamOffsetTable;
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
