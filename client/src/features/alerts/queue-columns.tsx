import { plural } from '#client/format/number.ts';
import { warmUpWords } from '#client/format/words.ts';
import type { GridColumn } from '#client/ui/grid/grid-column.ts';
import { IconClock } from '#client/ui/icons.ts';
import { SeverityMark, StatusMark, VerdictMark } from '#client/ui/marks.tsx';
import { Absent, Mono } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import classes from './queue.module.css';

const COMMAND: GridColumn<Alert> = {
  id: 'commandLine',
  header: 'Command line',
  width: 'minmax(260px, 5fr)',
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

const HOST: GridColumn<Alert> = {
  id: 'host',
  header: 'Host',
  width: 'minmax(110px, 1.2fr)',
  sortable: true,
  cell: ({ hosts }) => <Several values={hosts} word="host" />,
};

const STATUS: GridColumn<Alert> = {
  id: 'status',
  header: 'Status, verdict',
  width: '156px',
  sortable: true,
  cell: (alert) => (alert.verdict ? <VerdictMark verdict={alert.verdict} /> : <StatusMark status={alert.status} />),
};

const LAST_SEEN: GridColumn<Alert> = {
  id: 'lastSeen',
  header: 'Last seen',
  width: '150px',
  sortable: true,
  cell: (alert) => <TimeText iso={alert.lastSeen} />,
};

const SEVERITY: GridColumn<Alert> = {
  id: 'severity',
  header: 'Severity',
  width: '90px',
  cell: (alert) => <SeverityMark severity={alert.severity} />,
};

/** Everything a row can tell, for the queue alone on its screen. */
export const wideColumns = (ruleLabel: (name: string) => string): readonly GridColumn<Alert>[] => [
  SEVERITY,
  COMMAND,
  {
    id: 'ruleName',
    header: 'Rule',
    width: 'minmax(110px, 1.3fr)',
    sortable: true,
    cell: ({ ruleName }) => <span title={ruleName}>{ruleLabel(ruleName)}</span>,
  },
  HOST,
  {
    id: 'user',
    header: 'User',
    width: 'minmax(80px, 0.8fr)',
    cell: ({ users }) => <Several values={users} word="user" />,
  },
  {
    id: 'parent',
    header: 'Parent',
    width: 'minmax(80px, 0.8fr)',
    cell: ({ parentName, parentExecutable }) => <Mono text={parentName ?? parentExecutable} absent="no parent" />,
  },
  {
    id: 'eventCount',
    header: 'Events',
    width: '66px',
    sortable: true,
    align: 'right',
    cell: ({ eventCount }) => eventCount,
  },
  {
    id: 'occurrences',
    header: 'Times',
    width: '62px',
    sortable: true,
    align: 'right',
    cell: ({ occurrences }) => <span title={plural(occurrences, 'occurrence')}>{occurrences}</span>,
  },
  LAST_SEEN,
  STATUS,
  { id: 'guide', header: 'Guide', width: '58px', align: 'right', cell: (alert) => <Progress alert={alert} /> },
];

/** What is left of a row beside an open alert. */
export const NARROW_COLUMNS: readonly GridColumn<Alert>[] = [
  COMMAND,
  HOST,
  { ...LAST_SEEN, width: '142px' },
  { ...STATUS, width: '120px' },
];

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
