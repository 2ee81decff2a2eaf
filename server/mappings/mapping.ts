/** A kind of foreign record, and how it becomes ECS JSON. */
export interface Mapping {
  /** What a user types and what documents carry in `event.module`: lower case, no blanks. */
  readonly name: string;
  /** How people call it. */
  readonly title: string;
  /**
   * How sure it is that these lines, the first of a file or a single one, are its own: 0 = not mine, 1 = sure. Blank lines
   * are not among them, and long ones may be cut.
   */
  readonly recognise: (lines: readonly string[]) => number;
  /** Each record stands for itself: no other is looked up for it. */
  readonly isWhole?: boolean;
  /** A mapper for one file or one live stream; it keeps what joins records. */
  readonly open: (options?: MapperOptions) => RecordMapper;
}

export interface MapperOptions {
  /**
   * How long an event waits for records that belong before it (the fork of its process, the start of its parent), in
   * milliseconds of event time. Default 5000; 0: until `end`, as a stream does that ends after each of its batches.
   */
  readonly hold?: number;
  /** What the host is called where the records do not say: a file of auditd's own has no host in it by default. */
  readonly host?: string | undefined;
}

export interface RecordMapper {
  /** Takes a line, without its line feed; `number` comes back with what is made of it. Never throws for what a line holds. */
  readonly push: (line: string, number: number) => readonly Mapped[];
  /**
   * What is still open: unfinished records and events that wait for a parent. The mapper stays usable and keeps its process
   * table, so a live stream calls it whenever it has been silent for a while.
   */
  readonly end: () => readonly Mapped[];
  /**
   * Takes out the lines of records that more lines may still belong to: to be pushed again before those that come next. Absent
   * where each line is whole.
   */
  readonly takeUnfinished?: () => readonly string[];
  /** Started processes whose parent no record named or showed. */
  readonly unknownParents: () => number;
}

/**
 * What became of lines. Every line is part of exactly one of these, or of an event whose first line is named. `text` of an
 * event is its ECS document as one line of JSON; of a reject the line as it came, cut at 64 Ki characters.
 */
export type Mapped = MappedEvent | MappedReject | MappedSkip;

export interface MappedEvent {
  readonly kind: 'event';
  /** Number of its first line. */
  readonly line: number;
  readonly text: string;
}

export interface MappedReject {
  readonly kind: 'reject';
  readonly line: number;
  readonly reason: string;
  readonly text: string;
}

/** Well-formed, and nothing that belongs into the store, such as a failed exec. */
export interface MappedSkip {
  readonly kind: 'skipped';
  readonly line: number;
  /** One of few, for counting. */
  readonly reason: string;
}

const LONGEST_TEXT = 64 * 1024;

export const rejected = (line: number, reason: string, text: string): MappedReject => ({
  kind: 'reject',
  line,
  reason,
  text: text.slice(0, LONGEST_TEXT),
});

export const skipped = (line: number, reason: string): MappedSkip => ({ kind: 'skipped', line, reason });

/** Share of lines that pass a test; 0 for none. */
export const shareOf = (lines: readonly string[], isOwn: (line: string) => boolean): number =>
  lines.length === 0 ? 0 : lines.filter(isOwn).length / lines.length;
