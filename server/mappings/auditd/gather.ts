import { addRecord, type RawEvent, type RawRecord, timeOf } from './raw-event.ts';

/** Gathers the records of each event: those of several events come interleaved, and nothing marks the last. */
export interface Gatherer {
  /** Takes a record; the events that it closes. Null for a record whose time cannot be. */
  readonly add: (
    record: RawRecord,
    line: number,
    original: string,
    carrier: string | undefined,
    isShared?: boolean,
  ) => readonly RawEvent[] | null;
  readonly end: () => readonly RawEvent[];
  /** Takes out events whose last record has not come yet, as their lines. */
  readonly takeUnfinished: () => readonly string[];
}

/** How far the clock of the records goes on before an event is closed, as auditd's own readers do. */
const CLOSED_AFTER = 2000;
const MOST_OPEN = 5000;
/** Of all open events together. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** Most characters of events that are taken out unfinished: what is beyond counts as finished. */
const MOST_UNFINISHED = 1024 * 1024;

/** Most characters of one event: eight times what arguments may have by default. */
const LONGEST_EVENT = 3 * 1024 * 1024;

export function openGatherer(): Gatherer {
  const open = new Map<string, RawEvent>();
  let characters = 0;

  const close = (key: string, event: RawEvent): RawEvent => {
    open.delete(key);
    characters -= event.size;
    return event;
  };

  return {
    add(record, line, original, carrier, isShared = false) {
      const time = timeOf(record);
      if (!time) return null;
      const host = record.node ?? carrier;
      const key = `${record.time}:${record.serial} ${host ?? ''}`;
      const closed: RawEvent[] = [];
      for (const [oldest, event] of open) {
        const isDue = event.time.at + CLOSED_AFTER < time.at || open.size >= MOST_OPEN || characters > MOST_CHARACTERS;
        if (!isDue || oldest === key) break;
        closed.push(close(oldest, event));
      }
      if (record.type === 'EOE') {
        const event = open.get(key);
        return event ? [...closed, close(key, event)] : closed;
      }
      const event = open.get(key) ?? {
        line,
        time,
        serial: Number(record.serial),
        host,
        execve: [],
        original: [],
        size: 0,
      };
      open.set(key, event);
      event.size += original.length;
      characters += original.length;
      if (event.size <= LONGEST_EVENT) {
        addRecord(event, record);
        if (event.original.at(-1) !== original) event.original.push(original);
      }
      if (isShared) event.sharesLines = true;
      return closed;
    },
    takeUnfinished() {
      let room = MOST_UNFINISHED;
      return [...open].flatMap(([key, event]) => {
        room -= isUnfinished(event) ? event.size : 0;
        return isUnfinished(event) && room > 0 ? close(key, event).original : [];
      });
    },
    end() {
      const events = [...open.values()];
      open.clear();
      characters = 0;
      return events;
    },
  };
}

/** The kernel writes the title last. */
const isUnfinished = ({ syscall, title, sharesLines }: RawEvent): boolean =>
  syscall !== undefined && title === undefined && sharesLines !== true;
