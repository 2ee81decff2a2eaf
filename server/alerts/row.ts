import type { Selectable } from 'kysely';
import * as z from 'zod';
import { jsonColumn } from '#server/state/json-column.ts';
import type { AlertTable, OccurrenceTable } from '#server/state/tables/alerts.ts';
import {
  type Alert,
  type AlertStatus,
  cellSchema,
  type Occurrence,
  statusSchema,
  type Verdict,
  verdictSchema,
} from '#shared/alert/alert.ts';
import { severitySchema } from '#shared/rule/rule.ts';

export const cellsColumn = jsonColumn(z.record(z.string(), cellSchema));
export const namesColumn = jsonColumn(z.array(z.string()));

export const statusOf = (text: string): AlertStatus => statusSchema.parse(text);
export const verdictOf = (text: string | null): Verdict | null => verdictSchema.nullable().parse(text);

/** How many steps a version of a rule's guide has, null the one in force; 0 where it has none. */
export type StepCount = (rule: string, guideVersion: number | null) => number;

/** A stored alert as the interface shows it. */
export function alertOf(row: Selectable<AlertTable>, stepCount: StepCount): Alert {
  const { keysDigest: _digest, searchText: _text, answersCheckedAt: _checked, ...rest } = row;
  const { occurrenceCount, guideVersion, ...shown } = rest;
  return {
    ...shown,
    severity: severitySchema.parse(row.severity),
    status: statusOf(row.status),
    verdict: verdictOf(row.verdict),
    keys: cellsColumn.read(row.keys),
    columns: cellsColumn.read(row.columns),
    hosts: namesColumn.read(row.hosts),
    users: namesColumn.read(row.users),
    tags: namesColumn.read(row.tags),
    occurrences: occurrenceCount,
    stepsTotal: stepCount(row.rule, guideVersion),
  };
}

export function occurrenceOf(row: Selectable<OccurrenceTable>): Occurrence {
  return {
    window: { from: row.windowFrom, to: row.windowTo },
    firstSeen: row.firstSeen,
    lastSeen: row.lastSeen,
    columns: cellsColumn.read(row.columns),
    eventCount: row.eventCount,
    raisedAt: row.raisedAt,
  };
}
