import { type AuditEvent, processRecordOf } from './auditd/audit-event.ts';
import { at, idOf, objectAt, parseObject, textsOf, wordAt, wordOf } from './json.ts';
import { openLinker } from './linker.ts';
import { type Mapped, type Mapping, rejected, shareOf, skipped } from './mapping.ts';
import { secondsTime } from './times.ts';
import { payloadOf } from './wrapped.ts';

const ID = /"ID" ?: ?"\d{1,11}\.\d{1,9}:\d{1,15}"/;

/** laurel itself, or a carrier with its line in a string. */
const isLaurel = (line: string): boolean =>
  line.startsWith('{') &&
  (ID.test(line) || (line.includes(String.raw`\"ID\":`) && ID.test(payloadOf(line)?.text ?? '')));

/** auditd's events as laurel writes them, one JSON object each. */
export const laurel: Mapping = {
  name: 'laurel',
  title: 'laurel (audit as JSON)',
  recognise: (lines) => shareOf(lines, isLaurel),
  open(options) {
    const linker = openLinker(options);
    return {
      push: (line, number) => push(line, number, linker.push),
      end: linker.end,
      unknownParents: linker.unknownParents,
    };
  },
};

type Push = ReturnType<typeof openLinker>['push'];

function push(line: string, number: number, link: Push): readonly Mapped[] {
  const direct = parseObject(line);
  if (!direct.ok) return [rejected(number, direct.error, line)];
  const isCarried = at(direct.value, 'ID') === undefined;
  const parsed = isCarried ? parseObject(payloadOf(line)?.text ?? '') : direct;
  if (!parsed.ok) return [rejected(number, 'not a laurel record', line)];
  const event = auditEventOf(parsed.value, number, line);
  if (typeof event === 'string') return [rejected(number, event, line)];
  const record = processRecordOf(event);
  return typeof record === 'string' ? [skipped(number, record)] : link(record);
}

function auditEventOf(record: object, line: number, original: string): AuditEvent | string {
  const [seconds, serial] = (wordAt(record, 'ID') ?? '').split(':');
  const time = secondsTime(seconds);
  if (!time || !/^\d{1,15}$/.test(serial ?? '')) return 'ID is no time and serial';
  const syscall = objectAt(record, 'SYSCALL');
  const word = (...path: readonly string[]): string | undefined => decoded(wordAt(syscall, ...path));
  const arguments_ = textsOf(at(record, 'EXECVE', 'ARGV'));
  return {
    line,
    source: 'laurel',
    time,
    serial: Number(serial),
    host: { name: decoded(wordAt(record, 'NODE')) },
    syscall: {
      name: word('SYSCALL'),
      arch: word('arch')?.replace(/^0x/, ''),
      number: word('syscall'),
      success: word('success'),
      exit: word('exit'),
      a0: registers(syscall)[0]?.replace(/^0x/, ''),
      pid: word('pid'),
      ppid: word('ppid'),
      user: { id: idOf(word('uid')), name: word('UID') },
      group: { id: idOf(word('gid')), name: word('GID') },
      loginUser: { id: idOf(word('auid')), name: word('AUID') },
      comm: word('comm'),
      exe: word('exe'),
      key: word('key'),
    },
    args: arguments_?.map(decodeText),
    commandLine: decoded(wordAt(record, 'EXECVE', 'ARGV_STR')),
    workingDirectory: decoded(wordAt(record, 'CWD', 'cwd')),
    path: pathOf(record),
    parent: { exe: word('PPID', 'exe'), comm: word('PPID', 'comm') },
    container: wordAt(record, 'CONTAINER_INFO', 'ID'),
    original,
  };
}

/** Values of registers, whatever the name says. */
const registers = (syscall: object | undefined): readonly string[] => textsOf(at(syscall, 'ARGV')) ?? [];

function pathOf(record: object): string | undefined {
  const paths = at(record, 'PATH');
  if (!Array.isArray(paths)) return undefined;
  const item = paths.find((path: unknown) => wordAt(path, 'item') === '0') ?? paths[0];
  return decoded(wordOf(at(item, 'name')));
}

const decoded = (text: string | undefined): string | undefined => (text === undefined ? undefined : decodeText(text));

const ENCODED = /(?:%[0-9a-fA-F]{2})+/g;

/** laurel writes bytes that are no plain text as `%xx`, the per cent sign among them. Bytes that are no UTF-8 are replaced. */
function decodeText(text: string): string {
  return text.replaceAll(ENCODED, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'));
}
