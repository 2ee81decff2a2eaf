import { openLinker } from '../linker.ts';
import { type Mapped, type Mapping, type RecordMapper, rejected, shareOf, skipped } from '../mapping.ts';
import { type Payload, payloadOf } from '../wrapped.ts';
import { type AuditEvent, processRecordOf } from './audit-event.ts';
import { auomsEvent, isAuoms } from './auoms.ts';
import { openGatherer } from './gather.ts';
import { auditEventOf, type RawEvent, RECORD, recordsOf } from './raw-event.ts';

const isAuditText = (text: string): boolean => text.search(RECORD) !== -1 || isAuoms(text);

/** Of JSON only what carries such a line, and quickly: the words must be in it. */
function auditPayload(line: string): Payload | undefined {
  if (!line.includes('audit(')) return undefined;
  const payload = payloadOf(line);
  return payload && isAuditText(payload.text) ? payload : undefined;
}

/** The Linux kernel's audit as auditd writes it, as shippers wrap it, and as Microsoft's AUOMS joins it. */
export const auditd: Mapping = {
  name: 'auditd',
  title: 'auditd log',
  recognise: (lines) => shareOf(lines, (line) => auditPayload(line) !== undefined),

  open(options): RecordMapper {
    const linker = openLinker(options);
    const gatherer = openGatherer();

    const mapEvent = (event: AuditEvent): readonly Mapped[] => {
      const record = processRecordOf(event);
      return typeof record === 'string' ? [skipped(event.line, record)] : linker.push(record);
    };
    const mapRaw = (event: RawEvent): readonly Mapped[] => mapEvent(auditEventOf(event, 'auditd'));

    return {
      push(line, number) {
        const payload = auditPayload(line);
        if (!payload) return [rejected(number, 'not an audit record', line)];
        const { text, host } = payload;
        if (isAuoms(text)) {
          const event = auomsEvent(text, number, line, host);
          return event ? mapEvent(event) : [skipped(number, 'not a process record')];
        }
        const mapped: Mapped[] = [];
        const records = recordsOf(text);
        const isShared = records.some(({ serial }) => serial !== records[0]?.serial);
        for (const record of records) {
          const closed = gatherer.add(record, number, line, host, isShared);
          if (closed === null) return [...mapped, rejected(number, 'its time cannot be', line)];
          mapped.push(...closed.flatMap(mapRaw));
        }
        return mapped;
      },
      end: () => [...gatherer.end().flatMap(mapRaw), ...linker.end()],
      takeUnfinished: gatherer.takeUnfinished,
      unknownParents: linker.unknownParents,
    };
  },
};
