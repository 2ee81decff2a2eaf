import { type AuditEvent, processRecordOf } from './auditd/audit-event.ts';
import { addRecord, type RawEvent, auditEventOf as rawAuditEvent, recordsOf } from './auditd/raw-event.ts';
import { idOf, objectAt, wordAt } from './json.ts';
import { jsonLines, type Read, read, refuse, skip } from './json-lines.ts';
import { isoTime, type Time } from './times.ts';

/**
 * Wazuh's alerts and archives about audit events; in its archives are also those that no rule has matched. Its decoder reads only
 * quoted arguments and only eight of them, so the audit records in `full_log` are read instead; the decoded fields serve where
 * there is no full log.
 */
export const wazuh = jsonLines({
  name: 'wazuh',
  title: 'Wazuh',
  words: ['"agent"', '"timestamp"'],
  isOwn: (record) =>
    wordAt(record, 'timestamp') !== undefined &&
    objectAt(record, 'agent') !== undefined &&
    (objectAt(record, 'rule') !== undefined || objectAt(record, 'manager') !== undefined) &&
    (wordAt(record, 'full_log') !== undefined || objectAt(record, 'data', 'audit') !== undefined),
  read(record): Read {
    const time = isoTime(wordAt(record, 'timestamp'));
    if (!time) return refuse('timestamp is missing or no ISO 8601');
    const event = fromLog(record, time) ?? fromFields(record, time);
    if (!event) return skip('not an audit event');
    const found = processRecordOf(event);
    if (typeof found === 'string') return skip(found);
    const { line: _line, source: _source, original: _original, ...reading } = found;
    return read({ ...reading, more: { ...reading.more, ...ruleOf(record) } });
  },
});

const agentOf = (record: object) => ({ id: wordAt(record, 'agent', 'id'), name: wordAt(record, 'agent', 'name') });

const ruleOf = (record: object) =>
  objectAt(record, 'rule') && {
    rule: { id: wordAt(record, 'rule', 'id'), name: wordAt(record, 'rule', 'description') },
  };

function fromLog(record: object, time: Time): AuditEvent | undefined {
  const records = recordsOf(wordAt(record, 'full_log') ?? '');
  const [first] = records;
  if (!first) return undefined;
  const event: RawEvent = {
    line: 0,
    time,
    serial: Number(first.serial),
    host: undefined,
    execve: [],
    original: [],
    size: 0,
  };
  for (const one of records) addRecord(event, one);
  return rawAuditEvent(event, 'wazuh', agentOf(record));
}

function fromFields(record: object, time: Time): AuditEvent | undefined {
  const audit = objectAt(record, 'data', 'audit');
  if (!audit) return undefined;
  const word = (...path: readonly string[]): string | undefined => wordAt(audit, ...path);
  const args = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((index) => word('execve', `a${index}`) ?? []);
  const executable = word('exe');
  return {
    line: 0,
    source: 'wazuh',
    time,
    serial: Number(word('id') ?? 0),
    host: agentOf(record),
    syscall: {
      success: word('success'),
      number: word('syscall'),
      arch: word('arch'),
      exit: word('exit'),
      pid: word('pid'),
      ppid: word('ppid'),
      user: { id: idOf(word('uid')) },
      group: { id: idOf(word('gid')) },
      loginUser: { id: idOf(word('auid')) },
      comm: word('command'),
      exe: executable,
      key: word('key'),
    },
    args: args.length > 0 ? args : undefined,
    workingDirectory: word('cwd'),
    path: word('file', 'name'),
    original: '',
  };
}
