import { at, idOf, integerAt, objectAt, wordAt } from './json.ts';
import { jsonLines, type Read, read, refuse, skip } from './json-lines.ts';
import { baseName } from './paths.ts';
import type { Action } from './record.ts';
import { secondsTime } from './times.ts';

/** Columns stand under `columns`, or at the top where a pipeline has flattened the record. */
const columnsOf = (record: object): object => objectAt(record, 'columns') ?? record;

const isProcessTable = (record: object): boolean =>
  /(?:^|[_/])process_events$/.test(wordAt(record, 'name') ?? '') ||
  (wordAt(columnsOf(record), 'cmdline') !== undefined && wordAt(columnsOf(record), 'pid') !== undefined);

const ACTIONS: Readonly<Record<string, Action>> = {
  execve: 'exec',
  execveat: 'exec',
  fork: 'fork',
  vfork: 'fork',
  clone: 'fork',
};

/** osquery's table process_events: every value is text. The wrapper's `action: added` says nothing about the process. */
export const osquery = jsonLines({
  name: 'osquery',
  title: 'osquery process_events',
  words: ['pid'],
  isOwn: (record) =>
    wordAt(record, 'hostIdentifier') !== undefined &&
    (objectAt(record, 'columns') !== undefined || isProcessTable(record)),
  read(record): Read {
    if (!isProcessTable(record)) return skip('not a process record');
    if (wordAt(record, 'action') === 'removed') return skip('removed from a table');
    const columns = columnsOf(record);
    const time = secondsTime(wordAt(columns, 'time') ?? wordAt(record, 'unixTime'));
    if (!time) return refuse('time is missing or no number of seconds');
    const syscall = wordAt(columns, 'syscall');
    const action = syscall === undefined ? 'exec' : ACTIONS[syscall];
    if (action === undefined) return skip('not a process record');
    const executable = wordAt(columns, 'path');
    const loginUser = idOf(at(columns, 'auid'));
    return read({
      time,
      action,
      host: { id: wordAt(record, 'hostIdentifier'), name: wordAt(record, 'hostIdentifier') },
      process: {
        pid: integerAt(columns, 'pid'),
        executable,
        name: baseName(executable),
        commandLine: wordAt(columns, 'cmdline'),
        workingDirectory: wordAt(columns, 'cwd')?.replace(/^"|"$/g, ''),
      },
      parent: { pid: integerAt(columns, 'parent') },
      user: { id: idOf(at(columns, 'uid')), name: wordAt(columns, 'username') },
      group: { id: idOf(at(columns, 'gid')) },
      ...(loginUser !== undefined && { more: { auditd: { login_user: { id: loginUser } } } }),
    });
  },
});
