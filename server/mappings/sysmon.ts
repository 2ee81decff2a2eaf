import { idOf, integerOf, wordOf } from './json.ts';
import { openLinker } from './linker.ts';
import { type Mapped, type Mapping, rejected, shareOf, skipped } from './mapping.ts';
import { baseName } from './paths.ts';
import type { ProcessRecord } from './record.ts';
import { type SysmonEvent, sysmonEvent } from './sysmon-xml.ts';
import { isoTime } from './times.ts';
import { payloadOf } from './wrapped.ts';

const isSysmon = (line: string): boolean => line.includes('Linux-Sysmon') && !line.includes('Microsoft-Windows-Sysmon');

/** Sysmon for Linux: XML in a syslog line, or in a carrier's JSON, such as Sentinel's Syslog table. */
export const sysmon: Mapping = {
  name: 'sysmon',
  title: 'Sysmon for Linux',
  recognise: (lines) => shareOf(lines, isSysmon),
  open(options) {
    const linker = openLinker(options);
    return {
      push(line, number): readonly Mapped[] {
        const event = sysmonEvent(payloadOf(line)?.text ?? '');
        if (!event) return [rejected(number, 'not a record of Sysmon for Linux', line)];
        const found = recordOf(event, number, line);
        if (typeof found === 'string') return [rejected(number, found, line)];
        return found ? linker.push(found) : [skipped(number, 'not a process record')];
      },
      end: linker.end,
      unknownParents: linker.unknownParents,
    };
  },
};

const NO_GUID = '{00000000-0000-0000-0000-000000000000}';

const CREATED = '1';
const ENDED = '5';

function recordOf(
  { id, computer, recordId, data }: SysmonEvent,
  line: number,
  original: string,
): ProcessRecord | string | null {
  if (id !== CREATED && id !== ENDED) return null;
  const word = (name: string): string | undefined => wordOf(data.get(name));
  const guid = (name: string): string | undefined => (word(name) === NO_GUID ? undefined : word(name));
  const written = word('UtcTime');
  // It writes UTC without a zone, and a blank before the time.
  const time = isoTime(written && `${written.replace(' ', 'T')}Z`);
  if (!time) return 'UtcTime is missing or no date';
  const common = { line, source: 'sysmon', time, sequence: integerOf(recordId), host: { name: computer }, original };
  const image = word('Image');
  const process = { pid: integerOf(word('ProcessId')), entityId: guid('ProcessGuid') };
  const user = { id: idOf(word('LogonId')), name: word('User') };
  if (id === ENDED) {
    // The image may be a bare name: the start knows better.
    const started = image?.startsWith('/') ? { executable: image, name: baseName(image) } : {};
    return { ...common, action: 'end', process: { ...process, ...started, end: time.text }, parent: {}, user };
  }
  const parentImage = word('ParentImage');
  return {
    ...common,
    action: 'exec',
    process: {
      ...process,
      start: time.text,
      executable: image,
      name: baseName(image),
      commandLine: data.get('CommandLine'),
      workingDirectory: word('CurrentDirectory'),
    },
    parent: {
      entityId: guid('ParentProcessGuid'),
      pid: integerOf(word('ParentProcessId')),
      executable: parentImage,
      name: baseName(parentImage),
      commandLine: word('ParentCommandLine'),
    },
    user,
  };
}
