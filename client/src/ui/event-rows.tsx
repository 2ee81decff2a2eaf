import { Grid } from '#client/ui/grid/grid.tsx';
import type { GridColumn } from '#client/ui/grid/grid-column.ts';
import type { EventSummary } from '#shared/api/events.ts';
import { Mono } from './text.tsx';
import { TimeText } from './time-text.tsx';

export const EVENT_COLUMNS: readonly GridColumn<EventSummary>[] = [
  { id: 'timestamp', header: 'Time', width: '150px', cell: ({ timestamp }) => <TimeText iso={timestamp} /> },
  {
    id: 'host',
    header: 'Host',
    width: 'minmax(120px, 1.3fr)',
    cell: ({ host }) => <Mono text={host} absent="no host" />,
  },
  { id: 'action', header: 'Action', width: '66px', cell: ({ action }) => <Mono text={action} /> },
  {
    id: 'commandLine',
    header: 'Command line',
    width: 'minmax(220px, 5fr)',
    cell: ({ commandLine, executable }) => <Mono text={commandLine ?? executable} absent="no command line" />,
  },
  {
    id: 'parent',
    header: 'Parent',
    width: 'minmax(80px, 1fr)',
    cell: ({ parentName, parentExecutable }) => <Mono text={parentName ?? parentExecutable} absent="no parent" />,
  },
  { id: 'user', header: 'User', width: 'minmax(70px, 1fr)', cell: ({ user }) => <Mono text={user} absent="no user" /> },
  {
    id: 'pid',
    header: 'PID',
    width: '74px',
    align: 'right',
    cell: ({ pid }) => <Mono text={pid?.toString() ?? null} />,
  },
];

/** A list of events that all are at hand. */
export function EventRows({
  label,
  events,
  active,
  onActive,
}: {
  readonly label: string;
  readonly events: readonly EventSummary[];
  /** Id of the event under the cursor. */
  readonly active: string | null;
  readonly onActive: (id: string) => void;
}) {
  return (
    <Grid<EventSummary>
      label={label}
      columns={EVENT_COLUMNS}
      count={events.length}
      rowAt={(index) => events[index]}
      rowId={(event) => event.id}
      active={events.findIndex(({ id }) => id === active)}
      onActive={(index) => {
        const event = events[index];
        if (event) onActive(event.id);
      }}
    />
  );
}
