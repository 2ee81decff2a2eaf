import type { Selectable } from 'kysely';
import type * as z from 'zod';
import type { AlertTable } from '#server/state/tables/alerts.ts';
import type { cellSchema } from '#shared/alert/alert.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { formatInstant } from '#shared/base/time.ts';
import type { Scalar, Value } from '#shared/plan/value.ts';
import { commandShape } from '#shared/rarity/shape.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { cellsColumn, namesColumn } from './row.ts';

type Cell = z.infer<typeof cellSchema>;
export type AlertRow = Selectable<AlertTable>;

/** An alert while drafts join it, before it is written. */
export interface WorkingAlert {
  readonly row: AlertRow;
  readonly isNew: boolean;
  /** Occurrences that joined it now, the first one of a new alert not counted. */
  readonly joined: number;
}

/** A JSON number holds integers up to 2^53; longer ones stay exact as text. */
const scalarCell = (value: Scalar): string | number | boolean => (typeof value === 'bigint' ? value.toString() : value);

const cellOf = (value: Value): Cell =>
  value === null ? null : typeof value === 'object' ? value.map(scalarCell) : scalarCell(value);

/** Values of a result row as JSON can hold them. */
export const cellsOf = (values: Readonly<Record<string, Value>>): Record<string, Cell> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, cellOf(value)]));

/** Both lists without doubles, by code point. */
const united = (...lists: readonly (readonly string[])[]): string[] =>
  [...new Set(lists.flat())].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));

const earlier = (left: string, right: string): string => (left < right ? left : right);
const later = (left: string, right: string): string => (left < right ? right : left);

function searchTextOf(row: Omit<AlertRow, 'searchText'>): string {
  const texts = [row.commandLine, row.executable, row.processName, row.parentName, row.parentExecutable];
  return [...texts, ...namesColumn.read(row.hosts), ...namesColumn.read(row.users)]
    .filter((text) => text !== null)
    .join('\n')
    .toLowerCase();
}

const withSearchText = (row: Omit<AlertRow, 'searchText'>): AlertRow => ({ ...row, searchText: searchTextOf(row) });

/** A new alert from the first draft about its keys. `id` is the id of that occurrence. */
export function newAlert(
  draft: AlertDraft,
  rule: Rule,
  id: string,
  keysDigest: string,
  raisedAt: string,
): WorkingAlert {
  const { hosts, users, ...subject } = draft.subject;
  const row = withSearchText({
    id,
    rule: rule.slug,
    ruleName: rule.name,
    severity: rule.severity,
    riskScore: rule.riskScore,
    status: 'open',
    verdict: null,
    assignee: null,
    tags: namesColumn.write([]),
    keys: cellsColumn.write(cellsOf(draft.keys)),
    keysDigest,
    columns: cellsColumn.write(cellsOf(draft.columns)),
    ...subject,
    commandShape: subject.commandLine === null ? null : commandShape(subject.commandLine),
    hosts: namesColumn.write(united(hosts)),
    users: namesColumn.write(united(users)),
    firstSeen: formatInstant(draft.firstSeen),
    lastSeen: formatInstant(draft.lastSeen),
    raisedAt,
    updatedAt: raisedAt,
    eventCount: draft.events.length,
    occurrenceCount: 1,
    historyCovered: draft.historyCovered,
    stepsAnswered: 0,
    stepsStale: 0,
    answersCheckedAt: null,
    guideVersion: null,
    version: 1,
  });
  return { row, isNew: true, joined: 0 };
}

/** The alert with one more occurrence in it: what it shows widens, and its columns are those of the latest. */
export function joinAlert(alert: WorkingAlert, draft: AlertDraft, at: string): WorkingAlert {
  const { row } = alert;
  const lastSeen = formatInstant(draft.lastSeen);
  const joined = withSearchText({
    ...row,
    columns: lastSeen >= row.lastSeen ? cellsColumn.write(cellsOf(draft.columns)) : row.columns,
    hosts: namesColumn.write(united(namesColumn.read(row.hosts), draft.subject.hosts)),
    users: namesColumn.write(united(namesColumn.read(row.users), draft.subject.users)),
    firstSeen: earlier(row.firstSeen, formatInstant(draft.firstSeen)),
    lastSeen: later(row.lastSeen, lastSeen),
    updatedAt: at,
    occurrenceCount: row.occurrenceCount + 1,
  });
  return { row: joined, isNew: alert.isNew, joined: alert.joined + 1 };
}
