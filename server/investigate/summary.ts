import type { EventSummary } from '#shared/api/events.ts';
import { formatInstant } from '#shared/base/time.ts';
import type { Row, Value } from '#shared/plan/value.ts';
import { valuesOf } from '#shared/plan/value.ts';

/** Source columns that a summary is made of. */
export const SUMMARY_COLUMNS = [
  'event.id',
  '@timestamp',
  'host.name',
  'host.id',
  'user.name',
  'user.id',
  'event.action',
  'process.pid',
  'process.name',
  'process.executable',
  'process.command_line',
  'process.working_directory',
  'process.parent.name',
  'process.parent.executable',
  'process.parent.command_line',
] as const;

/** A cell as text: several values side by side, as a list shows them. */
export function textOf(value: Value | undefined): string | null {
  const values = valuesOf(value);
  return values.length === 0 ? null : values.map(String).join(', ');
}

export function numberOf(value: Value | undefined): number | null {
  const [first] = valuesOf(value);
  return typeof first === 'number' || typeof first === 'bigint' ? Number(first) : null;
}

/** A row of `SUMMARY_COLUMNS` as lists of events show it. */
export const summaryOf = (row: Row, id: string): EventSummary => ({
  id,
  timestamp: formatInstant(numberOf(row['@timestamp']) ?? 0),
  host: textOf(row['host.name']) ?? textOf(row['host.id']),
  user: textOf(row['user.name']) ?? textOf(row['user.id']),
  action: textOf(row['event.action']),
  pid: numberOf(row['process.pid']),
  processName: textOf(row['process.name']),
  executable: textOf(row['process.executable']),
  commandLine: textOf(row['process.command_line']),
  workingDirectory: textOf(row['process.working_directory']),
  parentName: textOf(row['process.parent.name']),
  parentExecutable: textOf(row['process.parent.executable']),
  parentCommandLine: textOf(row['process.parent.command_line']),
});
