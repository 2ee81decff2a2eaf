import { warmUpWords } from '#client/format/words.ts';
import type { Preferences } from '#client/stores/preferences.ts';
import type { GridColumn } from '#client/ui/grid/grid-column.ts';
import { IconClock } from '#client/ui/icons.ts';
import { SeverityMark, StatusMark, VerdictMark } from '#client/ui/marks.tsx';
import { Absent, Mono } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import type { AlertField } from '#shared/api/alerts.ts';
import classes from './queue.module.css';

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
  width: 'minmax(205px, 5fr)',
  sortable: true,
  cell: (alert) => {
    const warmUp = warmUpWords(alert.historyCovered);
    return (
      <span className={classes['command']}>
        <Mono text={alert.commandLine} absent="no command line" />
        {warmUp ? <WarmUp words={warmUp} /> : null}
      </span>
    );
  },
};

const HOST: QueueColumn = {
  field: 'host',
  values: ({ hosts }) => hosts,
  usual: true,
  beside: true,
  id: 'host',
  header: 'Host',
  width: 'minmax(110px, 1.2fr)',
  sortable: true,
  cell: ({ hosts }) => <Several values={hosts} word="host" />,
};

const STATUS: QueueColumn = {
  field: 'status',
  values: ({ status }) => [status],
  usual: true,
  beside: true,
  id: 'status',
  header: 'Status, verdict',
  width: '156px',
  sortable: true,
  cell: (alert) => (alert.verdict ? <VerdictMark verdict={alert.verdict} /> : <StatusMark status={alert.status} />),
};

const LAST_SEEN: QueueColumn = {
  values: ({ lastSeen }) => [lastSeen],
  usual: true,
  beside: true,
  id: 'lastSeen',
  header: 'Last seen',
  width: '150px',
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
  width: '90px',
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
  width: '150px',
  sortable: true,
  values: (alert) => [alert[id]],
  cell: (alert) => <TimeText iso={alert[id]} />,
});

const number = (id: 'eventCount' | 'occurrences' | 'riskScore', header: string, usual: boolean): QueueColumn => ({
  id,
  header,
  usual,
  width: '66px',
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
    width: 'minmax(110px, 1.3fr)',
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
    width: 'minmax(80px, 0.8fr)',
    sortable: true,
    values: ({ users }) => users,
    cell: ({ users }) => <Several values={users} word="user" />,
  },
  {
    ...text('parent', 'Parent', 'parentExecutable', ({ parentExecutable }) => parentExecutable, true),
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
    width: '58px',
    sortable: true,
    align: 'right',
    cell: (alert) => <Progress alert={alert} />,
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

/** The columns somebody chose, in their order and widths; the usual ones until then. Beside an alert, the few that fit. */
export function shownColumns(
  all: readonly QueueColumn[],
  chosen: Preferences['queueColumns'],
  beside: boolean,
): readonly QueueColumn[] {
  const list =
    chosen?.flatMap(({ id, width }) => {
      const column = all.find((known) => known.id === id);
      return column ? [width === null ? column : { ...column, width: `${width}px` }] : [];
    }) ?? all.filter(({ usual }) => usual);
  const few = list.filter((column) => column.beside);
  if (!beside || few.length === 0) return list.length > 0 ? list : all.filter(({ usual }) => usual);
  return few.map((column) => ({ ...column, width: BESIDE[column.id] ?? column.width }));
}

const BESIDE: Readonly<Record<string, string>> = {
  commandLine: 'minmax(170px, 5fr)',
  host: 'minmax(90px, 1.2fr)',
  lastSeen: '142px',
  status: '118px',
};

/** A mark that takes no room from the command line beside an open alert; the detail says it in words. */
function WarmUp({ words }: { readonly words: string }) {
  return (
    <span className={classes['warmUp']} title={words}>
      <IconClock size={13} stroke={2} />
      <span>warm-up</span>
    </span>
  );
}

function Several({ values, word }: { readonly values: readonly string[]; readonly word: string }) {
  const [first] = values;
  if (first === undefined) return <Absent words={`no ${word}`} />;
  if (values.length === 1) return <Mono text={first} />;
  return (
    <span title={values.join(', ')}>
      <Mono text={first} /> <span className="dim">+{values.length - 1}</span>
    </span>
  );
}

function Progress({ alert }: { readonly alert: Alert }) {
  if (alert.stepsTotal === 0) return <Absent words="no guide" />;
  const words = `${alert.stepsAnswered} of ${alert.stepsTotal} steps answered`;
  return (
    <span title={words} data-done={alert.stepsAnswered > 0} className={classes['progress']}>
      {alert.stepsAnswered}/{alert.stepsTotal}
    </span>
  );
}
