import { at, idOf, integerAt, objectAt, parseObject, wordAt } from './json.ts';
import { jsonLines, type Read, read, refuse, skip } from './json-lines.ts';
import type { Account, ProcessFields } from './record.ts';
import { isoTime } from './times.ts';

/** The row itself, or under `properties` where it comes through an event hub. */
const rowOf = (record: object): object => objectAt(record, 'properties') ?? record;

const ACTIONS: ReadonlySet<string | undefined> = new Set([undefined, 'ProcessCreated']);

/** The table has no column for the operating system: others than Linux are told by their paths. */
const NOT_LINUX = /^(?:(?:[A-Za-z]:)?\\|\/(?:System|Library|Applications)\/)/;

/** Microsoft Defender's table DeviceProcessEvents, as rows or as the streaming API writes them. */
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
    if (executable !== undefined && NOT_LINUX.test(executable)) return skip('not a Linux host');
    const more = additionalFields(row);
    return read({
      time,
      // A counter of the device's, that tells two rows of one time apart.
      sequence: integerAt(row, 'ReportId'),
      action: 'exec',
      host: { id: wordAt(row, 'DeviceId'), name: wordAt(row, 'DeviceName') },
      process: {
        pid: integerAt(row, 'ProcessId'),
        start: isoTime(wordAt(row, 'ProcessCreationTime'))?.text,
        executable,
        name: wordAt(row, 'FileName'),
        commandLine: wordAt(row, 'ProcessCommandLine'),
        workingDirectory: wordAt(more, 'ProcessCurrentWorkingDirectory'),
      },
      parent: parentOf(row, more),
      user: {
        id: userIn(more, 'ProcessPosixEffectiveUser').id,
        name: wordAt(row, 'AccountName') ?? userIn(more, 'ProcessPosixEffectiveUser').name,
      },
      group: groupIn(more, 'ProcessPosixEffectiveGroup'),
      moreProcess: { ...hashOf(row), ...realUserOf(more) },
      more: { ...grandparentOf(row) },
    });
  },
});

const NOTHING = {};

/** JSON within a string, or within the row. */
function additionalFields(row: object): object {
  const fields = at(row, 'AdditionalFields');
  if (typeof fields === 'object' && fields !== null) return fields;
  const parsed = typeof fields === 'string' ? parseObject(fields) : null;
  return parsed?.ok ? parsed.value : NOTHING;
}

const userIn = (more: object, key: string): Account => ({
  id: idOf(at(more, key, 'PosixUserId')),
  name: wordAt(more, key, 'Name'),
});
const groupIn = (more: object, key: string): Account => ({
  id: idOf(at(more, key, 'PosixGroupId')),
  name: wordAt(more, key, 'Name'),
});

function realUserOf(more: object) {
  const user = userIn(more, 'ProcessPosixRealUser');
  return user.id === undefined && user.name === undefined ? {} : { real_user: { id: user.id, name: user.name } };
}

function hashOf(row: object) {
  const hash = { md5: wordAt(row, 'MD5'), sha1: wordAt(row, 'SHA1'), sha256: wordAt(row, 'SHA256') };
  return Object.values(hash).some((value) => value !== undefined) ? { hash } : {};
}

function parentOf(row: object, more: object): ProcessFields {
  const commandLine = wordAt(row, 'InitiatingProcessCommandLine');
  return {
    pid: integerAt(row, 'InitiatingProcessId'),
    start: isoTime(wordAt(row, 'InitiatingProcessCreationTime'))?.text,
    executable: asCalled(wordAt(row, 'InitiatingProcessFolderPath'), commandLine),
    name: wordAt(row, 'InitiatingProcessFileName'),
    commandLine,
    workingDirectory: wordAt(more, 'InitiatingProcessCurrentWorkingDirectory'),
  };
}

/** The parent's path comes in lower case: where it was called by its path, that tells how it is written. */
function asCalled(path: string | undefined, commandLine: string | undefined): string | undefined {
  const called = path === undefined ? undefined : commandLine?.slice(0, path.length);
  return called?.toLowerCase() === path ? called : path;
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
