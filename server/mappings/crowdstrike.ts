import { idOf, integerAt, wordAt } from './json.ts';
import { jsonLines, type Read, read, refuse, skip } from './json-lines.ts';
import { baseName } from './paths.ts';
import type { Action } from './record.ts';
import { millisecondsTime, secondsTime, type Time } from './times.ts';

const ACTIONS: Readonly<Record<string, Action>> = {
  ProcessRollup2: 'exec',
  SyntheticProcessRollup2: 'already_running',
  TerminateProcess: 'end',
  EndOfProcess: 'end',
};

/** The sensor's clock where it is there; `timestamp` is when the record reached the cloud. */
const timeOf = (record: object): Time | undefined =>
  secondsTime(wordAt(record, 'ContextTimeStamp')) ??
  secondsTime(wordAt(record, 'ProcessStartTime')) ??
  millisecondsTime(wordAt(record, 'timestamp'));

/** CrowdStrike's data replicator, Linux sensors. Ids have 64 bits and stay text. */
export const crowdstrike = jsonLines({
  name: 'crowdstrike',
  title: 'CrowdStrike FDR',
  words: ['event_simpleName', '"aid"'],
  isOwn: (record) => wordAt(record, 'event_simpleName') !== undefined && wordAt(record, 'aid') !== undefined,
  read(record): Read {
    const action = ACTIONS[wordAt(record, 'event_simpleName') ?? ''];
    if (action === undefined) return skip('not a process record');
    const platform = wordAt(record, 'event_platform');
    if (platform !== undefined && platform !== 'Lin') return skip('not a Linux host');
    const time = timeOf(record);
    if (!time) return refuse('no time that can be read');
    const host = wordAt(record, 'aid');
    const entity = (key: string): string | undefined => {
      const id = wordAt(record, key);
      return id === undefined || id === '0' ? undefined : `${host}:${id}`;
    };
    const image = wordAt(record, 'ImageFileName');
    // Of a program without a file, as runc starts itself anew in a container.
    const executable = image === '/' ? undefined : image;
    const container = wordAt(record, 'OciContainerId');
    return read({
      time,
      action,
      host: { id: host, name: wordAt(record, 'ComputerName') ?? wordAt(record, 'HostName') },
      process: {
        pid: integerAt(record, 'RawProcessId'),
        entityId: entity('TargetProcessId'),
        start: secondsTime(wordAt(record, 'ProcessStartTime'))?.text,
        executable,
        name: baseName(executable),
        commandLine: wordAt(record, 'CommandLine'),
        ...endOf(record, action, time),
      },
      parent: {
        entityId: entity('ParentProcessId'),
        name: baseName(wordAt(record, 'ParentBaseFileName')),
      },
      user: { id: idOf(wordAt(record, 'UID')), name: wordAt(record, 'UserName') },
      group: { id: idOf(wordAt(record, 'GID')) },
      moreProcess: {
        ...real('real_user', idOf(wordAt(record, 'RUID'))),
        ...real('real_group', idOf(wordAt(record, 'RGID'))),
        ...leader('session_leader', entity('SessionProcessId')),
        ...leader('group_leader', entity('ProcessGroupId')),
        ...hashOf(record),
      },
      ...(container !== undefined && { more: { container: { id: container } } }),
    });
  },
});

const leader = (key: string, entityId: string | undefined) =>
  entityId === undefined ? {} : { [key]: { entity_id: entityId } };

const real = (key: string, id: string | undefined) => (id === undefined ? {} : { [key]: { id } });

/** A record of a short life tells its end as well. */
function endOf(record: object, action: Action, time: Time) {
  if (action === 'end') return { end: time.text, exitCode: integerAt(record, 'ExitCode') };
  const end = secondsTime(wordAt(record, 'ProcessEndTime'))?.text;
  return end === undefined ? {} : { end };
}

/** Nothing but zeros stands for what was not computed. */
function hashOf(record: object) {
  const digest = (key: string): string | undefined => {
    const word = wordAt(record, key);
    return word === undefined || /^0+$/.test(word) ? undefined : word;
  };
  const hash = { md5: digest('MD5HashData'), sha1: digest('SHA1HashData'), sha256: digest('SHA256HashData') };
  return Object.values(hash).some((value) => value !== undefined) ? { hash } : {};
}
