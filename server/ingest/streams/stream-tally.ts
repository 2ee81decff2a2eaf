import { DAY, type Instant } from '#shared/base/time.ts';
import type { Frame } from './stream-frame.ts';

/** A record that was not stored. */
export interface StreamReject {
  /** Place among all records of the segment, from 0. */
  readonly place: number;
  readonly reason: string;
  readonly text: string;
}

/** What came of one source's records within a segment. */
export interface Tally {
  readonly name: string;
  readonly keyId: string;
  client: string;
  records: number;
  /** Stored by this segment. */
  events: number;
  duplicates: number;
  /** Well-formed, and nothing that belongs into the store. */
  skipped: number;
  readonly rejects: StreamReject[];
  readonly from: Instant;
  to: Instant;
  /** See `SourceTable.clockSkew`. */
  clockSkew: number | null;
}

export const newTally = ({ source, keyId, client, at }: Frame): Tally => ({
  name: source,
  keyId,
  client,
  records: 0,
  events: 0,
  duplicates: 0,
  skipped: 0,
  rejects: [],
  from: at,
  to: at,
  clockSkew: null,
});

/** Takes a frame's arrival into account; the records themselves are counted as they are read. */
export function noteFrame(tally: Tally, { client, at, lines }: Frame): void {
  tally.client = client;
  tally.to = at;
  const last = lines.at(-1);
  const time = last && timeIn(last);
  if (time !== undefined && time !== null && Math.abs(at - time) <= FAR) tally.clockSkew = at - time;
}

const TIME = /"@timestamp"\s*:\s*"([^"]{10,40})"/;
/** A time before this is a clock that was never set, or test data. */
const FAR: number = 3650 * DAY;

/** The time of a record, as a rough look at its text tells: enough for the skew of a clock. */
export function timeIn(line: Buffer): Instant | null {
  const [, text] = TIME.exec(line.toString('latin1', 0, 4096)) ?? [];
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
