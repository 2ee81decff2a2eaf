/** What belongs to no single part: who did what, searches and views under a name, settings. */
export interface ConsoleTables {
  activity: ActivityTable;
  settings: SettingTable;
  savedSearches: SavedSearchTable;
  savedViews: SavedViewTable;
  viewChoices: ViewChoiceTable;
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

export interface SettingTable {
  name: string;
  value: string;
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
