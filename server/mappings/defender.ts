import { fail, type Result } from '#shared/base/result.ts';
import { at, idOf, integerAt, objectAt, parseObject, wordAt } from './json.ts';
import { jsonLines, type Read, read, refuse, skip } from './json-lines.ts';
import type { ProcessFields } from './record.ts';
import { isoTime } from './times.ts';

/** The row itself, or under `properties` where it comes through an event hub. */
const rowOf = (record: object): object => objectAt(record, 'properties') ?? record;

const ACTIONS: ReadonlySet<string | undefined> = new Set([undefined, 'ProcessCreated']);

/** Microsoft Defender's table DeviceProcessEvents. It has no column for the operating system: Windows is told by its paths. */
export const defender = jsonLines({
  name: 'defender',
  title: 'Defender DeviceProcessEvents',
  words: ['DeviceId', 'InitiatingProcess'],
  isOwn: (record) =>
    wordAt(rowOf(record), 'DeviceId') !== undefined &&
    (wordAt(rowOf(record), 'ProcessId') !== undefined || /DeviceProcessEvents/.test(wordAt(record, 'category') ?? '')),
  read(record): Read {
    const row = rowOf(record);
    const time = isoTime(wordAt(row, 'Timestamp') ?? wordAt(row, 'TimeGenerated') ?? wordAt(record, 'time'));
    if (!time) return refuse('Timestamp is missing or no ISO 8601');
    if (!ACTIONS.has(wordAt(row, 'ActionType'))) return skip('not a process record');
    const executable = wordAt(row, 'FolderPath');
    if (executable !== undefined && /^(?:[A-Za-z]:)?\\/.test(executable)) return skip('not a Linux host');
    const more = additionalFields(row);
    return read({
      time,
      action: 'exec',
      host: { id: wordAt(row, 'DeviceId'), name: wordAt(row, 'DeviceName') },
      process: {
        pid: integerAt(row, 'ProcessId'),
        start: isoTime(wordAt(row, 'ProcessCreationTime'))?.text,
        executable,
        name: wordAt(row, 'FileName'),
        commandLine: wordAt(row, 'ProcessCommandLine'),
        workingDirectory: more.ok ? wordAt(more.value, 'ProcessCurrentWorkingDirectory') : undefined,
      },
      parent: parentOf(row),
      user: {
        id: more.ok ? idOf(at(more.value, 'ProcessPosixEffectiveUser', 'PosixUserId')) : undefined,
        name: wordAt(row, 'AccountName'),
      },
      moreProcess: wordAt(row, 'SHA256') === undefined ? {} : { hash: { sha256: wordAt(row, 'SHA256') } },
      more: { ...grandparentOf(row) },
    });
  },
});

/** JSON within a string. */
function additionalFields(row: object): Result<object, string> {
  const fields = at(row, 'AdditionalFields');
  if (typeof fields === 'object' && fields !== null) return { ok: true, value: fields };
  return typeof fields === 'string' ? parseObject(fields) : fail('none');
}

/** Its path comes in lower case, with or without the file's name. */
function parentOf(row: object): ProcessFields {
  const name = wordAt(row, 'InitiatingProcessFileName');
  const path = wordAt(row, 'InitiatingProcessFolderPath');
  return {
    pid: integerAt(row, 'InitiatingProcessId'),
    start: isoTime(wordAt(row, 'InitiatingProcessCreationTime'))?.text,
    executable: path,
    name,
    commandLine: wordAt(row, 'InitiatingProcessCommandLine'),
  };
}

function grandparentOf(row: object) {
  const pid = integerAt(row, 'InitiatingProcessParentId');
  if (pid === undefined) return {};
  return {
    defender: {
      grandparent: {
        pid,
        name: wordAt(row, 'InitiatingProcessParentFileName'),
        start: isoTime(wordAt(row, 'InitiatingProcessParentCreationTime'))?.text,
      },
    },
  };
}
