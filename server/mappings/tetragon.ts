import { at, idOf, integerAt, objectAt, wordAt } from './json.ts';
import { jsonLines, type Read, read, refuse, skip } from './json-lines.ts';
import { absolutePath, baseName } from './paths.ts';
import type { Action, ProcessFields } from './record.ts';
import { isoTime } from './times.ts';

const KINDS: Readonly<Record<string, Action>> = { process_exec: 'exec', process_exit: 'end' };

const eventOf = (record: object): { readonly action: Action; readonly event: object } | undefined => {
  for (const [key, action] of Object.entries(KINDS)) {
    const event = objectAt(record, key);
    if (event) return { action, event };
  }
  return undefined;
};

/** Tetragon's events. Arguments are one string with quotes like a shell's, so they are not split. */
export const tetragon = jsonLines({
  name: 'tetragon',
  title: 'Tetragon',
  words: ['"process_', '"exec_id"'],
  isOwn: (record) =>
    Object.keys(record).some((key) => key.startsWith('process_') && objectAt(record, key, 'process') !== undefined),
  read(record): Read {
    const found = eventOf(record);
    if (!found) return skip('not a process record');
    const { event } = found;
    const process = objectAt(event, 'process');
    const time = isoTime(wordAt(record, 'time') ?? wordAt(process, 'start_time'));
    if (!process || !time) return refuse(process ? 'time is missing or no ISO 8601' : 'process is missing');
    const wasRunning = (wordAt(process, 'flags') ?? '').split(' ').includes('procFS');
    const action = wasRunning && found.action === 'exec' ? 'already_running' : found.action;
    return read({
      time,
      action,
      host: { name: wordAt(record, 'node_name') },
      process: { ...processOf(process), ...(action === 'end' && endOf(event, time.text)) },
      parent: parentOf(event, process),
      user: { id: idOf(at(process, 'uid')) },
      more: containerOf(process),
    });
  },
});

function processOf(process: object | undefined): ProcessFields {
  const workingDirectory = directoryOf(wordAt(process, 'cwd'));
  const binary = wordAt(process, 'binary');
  const executable = binary === undefined ? undefined : absolutePath(binary, workingDirectory);
  const words = [binary, wordAt(process, 'arguments')].filter((word) => word !== undefined);
  return {
    pid: integerAt(process, 'pid'),
    entityId: wordAt(process, 'exec_id'),
    start: wordAt(process, 'start_time'),
    executable,
    name: baseName(executable),
    commandLine: words.length > 0 ? words.join(' ') : undefined,
    workingDirectory,
  };
}

/** It writes folders with a slash at their end. */
const directoryOf = (path: string | undefined): string | undefined =>
  path !== undefined && path.length > 1 ? path.replace(/\/$/, '') : path;

/** After exec in place the parent that is told is the process itself as it was. */
function parentOf(event: object, process: object): ProcessFields {
  const parent = processOf(objectAt(event, 'parent'));
  return { ...parent, entityId: parent.entityId ?? wordAt(process, 'parent_exec_id') };
}

const endOf = (event: object, time: string) => ({ end: time, exitCode: integerAt(event, 'status') });

function containerOf(process: object) {
  const container = objectAt(process, 'pod', 'container');
  const id = wordAt(container, 'id')?.replace(/^[a-z-]+:\/\//, '') ?? wordAt(process, 'docker');
  if (id === undefined) return {};
  return {
    container: { id, name: wordAt(container, 'name'), image: { name: wordAt(container, 'image', 'name') } },
    orchestrator: {
      namespace: wordAt(process, 'pod', 'namespace'),
      resource: { name: wordAt(process, 'pod', 'name'), type: 'pod' },
    },
  };
}
