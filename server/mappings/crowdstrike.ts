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
    const executable = wordAt(record, 'ImageFileName');
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
        ...(action === 'end' && { end: time.text, exitCode: integerAt(record, 'ExitCode') }),
      },
      parent: {
        entityId: entity('ParentProcessId'),
        name: baseName(wordAt(record, 'ParentBaseFileName')),
      },
      user: { id: idOf(wordAt(record, 'UID')), name: wordAt(record, 'UserName') },
      moreProcess: {
        ...leader('session_leader', entity('SessionProcessId')),
        ...leader('group_leader', entity('ProcessGroupId')),
        ...hashOf(wordAt(record, 'SHA256HashData')),
      },
      ...(container !== undefined && { more: { container: { id: container } } }),
    });
  },
});

const leader = (key: string, entityId: string | undefined) =>
  entityId === undefined ? {} : { [key]: { entity_id: entityId } };

const hashOf = (sha256: string | undefined) => (sha256 === undefined ? {} : { hash: { sha256 } });
