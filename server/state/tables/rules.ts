/** What users changed about rules and guides, and the log of runs. */
export interface RuleTables {
  ruleSettings: RuleSettingTable;
  customRules: CustomRuleTable;
  ruleVersions: RuleVersionTable;
  waitingChanges: WaitingChangeTable;
  guideVersions: GuideVersionTable;
  runs: RunTable;
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

/** A change that is saved as soon as stored events have the fields that it reads. */
export interface WaitingChangeTable {
  rule: string;
  at: string;
  actor: string;
  /** That it was made on. */
  version: number;
  /** JSON: as in `RuleVersionTable`. */
  changes: string | null;
  why: string;
  /** Why it may be saved though it loses true positives, or breaks cases. */
  override: string;
  /** Why it was not saved; null while it waits. */
  problem: string | null;
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
