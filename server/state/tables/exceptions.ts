/** Exceptions, the lists they stand in, and what became of them. */
export interface ExceptionTables {
  exceptions: ExceptionTable;
  exceptionLists: ExceptionListTable;
  valueLists: ValueListTable;
  exceptionVersions: ExceptionVersionTable;
  exceptionHits: ExceptionHitTable;
  exceptionProgress: ExceptionProgressTable;
  exceptionNotices: ExceptionNoticeTable;
  exceptionImports: ExceptionImportTable;
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
  /** JSON, as `facts`. */
  draft: string;
  /** Of one that was deleted: what it was beside its draft. */
  facts: string | null;
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
