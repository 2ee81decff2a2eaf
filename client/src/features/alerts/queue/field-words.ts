import type { AlertField } from '#shared/api/alert-filter.ts';

/** How properties of an alert are called. */
export const FIELD_WORDS: Readonly<Record<AlertField, string>> = {
  commandShape: 'Command shape',
  rule: 'Rule',
  host: 'Host',
  parentExecutable: 'Parent',
  user: 'User',
  status: 'Status',
  verdict: 'Verdict',
  severity: 'Severity',
  assignee: 'Assignee',
  tag: 'Tag',
  commandLine: 'Command line',
  processName: 'Process',
  executable: 'Executable',
  workingDirectory: 'Directory',
  parentName: 'Parent name',
};
