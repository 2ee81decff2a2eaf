import type { GridColumn } from '#client/ui/grid/grid-column.ts';
import { SeverityMark, StatusMark, VerdictMark } from '#client/ui/marks.tsx';
import { Mono } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import type { AlertField } from '#shared/api/alert-filter.ts';
import { GuideProgress, QueueCommand, Several } from './queue-cells.tsx';

/** A column of the queue, and the property that its cells are values of, for narrowing and stacking. */
export interface QueueColumn extends GridColumn<Alert> {
  readonly field?: AlertField;
  readonly values?: (alert: Alert) => readonly string[];
  /** Shown until somebody chooses others. */
  readonly usual?: boolean;
  /** Kept beside an open alert. */
  readonly beside?: boolean;
}

const one = (text: string | null): readonly string[] => (text === null ? [] : [text]);

const COMMAND: QueueColumn = {
  field: 'commandLine',
  values: ({ commandLine }) => one(commandLine),
  usual: true,
  beside: true,
  id: 'commandLine',
  header: 'Command line',
  width: 'minmax(288px, 5fr)',
  sortable: true,
  cell: (alert) => <QueueCommand alert={alert} />,
};

const HOST: QueueColumn = {
  field: 'host',
  values: ({ hosts }) => hosts,
  usual: true,
  beside: true,
  id: 'host',
  header: 'Host',
  width: 'minmax(98px, 1.2fr)',
  sortable: true,
  cell: ({ hosts }) => <Several values={hosts} word="host" />,
};

const STATUS: QueueColumn = {
  field: 'status',
  values: ({ status }) => [status],
  usual: true,
  beside: true,
  id: 'status',
  header: 'Status',
  width: 'minmax(112px, 0.6fr)',
  sortable: true,
  cell: (alert) => (alert.verdict ? <VerdictMark verdict={alert.verdict} /> : <StatusMark status={alert.status} />),
};

const LAST_SEEN: QueueColumn = {
  values: ({ lastSeen }) => [lastSeen],
  usual: true,
  beside: true,
  id: 'lastSeen',
  header: 'Last seen',
  width: '142px',
  sortable: true,
  cell: (alert) => <TimeText iso={alert.lastSeen} />,
};

const SEVERITY: QueueColumn = {
  field: 'severity',
  values: ({ severity }) => [severity],
  usual: true,
  sortable: true,
  id: 'severity',
  header: 'Severity',
  width: '86px',
  cell: (alert) => <SeverityMark severity={alert.severity} />,
};

const text = (
  id: string,
  header: string,
  field: AlertField,
  read: (alert: Alert) => string | null,
  usual = false,
): QueueColumn => ({
  id,
  header,
  field,
  usual,
  width: 'minmax(80px, 0.8fr)',
  sortable: true,
  values: (alert) => one(read(alert)),
  cell: (alert) => <Mono text={read(alert)} />,
});

const time = (id: 'firstSeen' | 'raisedAt', header: string): QueueColumn => ({
  id,
  header,
  width: '142px',
  sortable: true,
  values: (alert) => [alert[id]],
  cell: (alert) => <TimeText iso={alert[id]} />,
});

const number = (id: 'eventCount' | 'occurrences' | 'riskScore', header: string, usual: boolean): QueueColumn => ({
  id,
  header,
  usual,
  width: '64px',
  sortable: true,
  align: 'right',
  values: (alert) => [String(alert[id])],
  cell: (alert) => alert[id],
});

/** Everything a row can tell, in the usual order. */
export const queueColumns = (ruleLabel: (name: string) => string): readonly QueueColumn[] => [
  SEVERITY,
  COMMAND,
  {
    id: 'ruleName',
    header: 'Rule',
    field: 'rule',
    usual: true,
    width: 'minmax(92px, 1.8fr)',
    sortable: true,
    values: ({ rule }) => [rule],
    cell: ({ ruleName }) => <span title={ruleName}>{ruleLabel(ruleName)}</span>,
  },
  HOST,
  {
    id: 'user',
    header: 'User',
    field: 'user',
    usual: true,
    width: 'minmax(84px, 0.8fr)',
    sortable: true,
    values: ({ users }) => users,
    cell: ({ users }) => <Several values={users} word="user" />,
  },
  {
    ...text('parent', 'Parent', 'parentExecutable', ({ parentExecutable }) => parentExecutable, true),
    width: 'minmax(92px, 0.8fr)',
    cell: ({ parentName, parentExecutable }) => <Mono text={parentName ?? parentExecutable} absent="no parent" />,
  },
  number('eventCount', 'Events', true),
  number('occurrences', 'Times', true),
  LAST_SEEN,
  STATUS,
  {
    id: 'guide',
    header: 'Guide',
    usual: true,
    width: '54px',
    sortable: true,
    align: 'right',
    cell: (alert) => <GuideProgress alert={alert} />,
  },
  {
    id: 'tags',
    header: 'Tags',
    field: 'tag',
    width: 'minmax(80px, 0.8fr)',
    sortable: true,
    values: ({ tags }) => tags,
    cell: ({ tags }) => <Several values={tags} word="tag" />,
  },
  text('assignee', 'Assignee', 'assignee', ({ assignee }) => assignee),
  text('verdict', 'Verdict', 'verdict', ({ verdict }) => verdict),
  text('executable', 'Executable', 'executable', ({ executable }) => executable),
  text('workingDirectory', 'Directory', 'workingDirectory', ({ workingDirectory }) => workingDirectory),
  time('firstSeen', 'First seen'),
  time('raisedAt', 'Raised'),
  number('riskScore', 'Risk', false),
];
