import type { EventSummary } from '#shared/api/events.ts';

/** Where a guide's column stands in an event's summary. */
const MEMBERS: Readonly<Record<string, keyof EventSummary>> = {
  '@timestamp': 'timestamp',
  'host.name': 'host',
  'user.name': 'user',
  'event.action': 'action',
  'process.pid': 'pid',
  'process.name': 'processName',
  'process.executable': 'executable',
  'process.command_line': 'commandLine',
  'process.working_directory': 'workingDirectory',
  'process.parent.name': 'parentName',
  'process.parent.executable': 'parentExecutable',
  'process.parent.command_line': 'parentCommandLine',
};

export function columnText(event: EventSummary, column: string): string | null {
  const member = MEMBERS[column];
  const value = member === undefined ? null : event[member];
  return value === null || value === undefined ? null : String(value);
}

/** A row as it is pinned: what it said at the time. */
const MAX_SUMMARY = 4096;
export const summaryOf = (event: EventSummary): string =>
  [event.timestamp, event.host, event.user, event.commandLine ?? event.executable]
    .filter((part) => part !== null)
    .join('  ')
    .slice(0, MAX_SUMMARY);
