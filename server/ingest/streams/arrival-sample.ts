import { looksMerged } from '#server/mappings/split-merged.ts';
import type { Arrivals } from '#shared/api/sources.ts';
import { DAY, type Instant, MINUTE, type Milliseconds } from '#shared/base/time.ts';
import type { Frame } from './stream-frame.ts';
import { timeIn } from './stream-tally.ts';

/** What a record told when it came. */
export interface ArrivedRecord {
  readonly at: Instant;
  /** How long after its own time it came; below 0: its clock is ahead. */
  readonly late: Milliseconds;
  readonly merged: boolean;
}

const PER_FRAME = 8;
/** Beginning of a record in which its action is looked for. */
const LOOK = 4096;

/** Some records from all over a frame, at places that no rhythm in it meets; those without a readable time say nothing. */
export function sampleOf({ lines, at }: Frame, random: () => number = Math.random): readonly ArrivedRecord[] {
  const count = Math.min(PER_FRAME, lines.length);
  return Array.from({ length: count }, (_, index) => {
    const place = lines.length <= PER_FRAME ? index : Math.floor(((index + random()) * lines.length) / count);
    return lines[place];
  }).flatMap((line) => {
    const time = line === undefined ? null : timeIn(line);
    if (line === undefined || time === null) return [];
    return [{ at, late: at - time, merged: looksMerged(line.toString('latin1', 0, LOOK)) }];
  });
}

const AHEAD: Milliseconds = MINUTE;
const OLD: Milliseconds = DAY;

/** What a sample tells of a sender and its clock. */
export function arrivalsOf(sample: readonly ArrivedRecord[]): Arrivals {
  const late = sample.map((record) => record.late).sort((left, right) => left - right);
  const share = (of: number): number | null => late[Math.min(late.length - 1, Math.floor(late.length * of))] ?? null;
  return {
    sampled: sample.length,
    lateP50: share(0.5),
    lateP95: share(0.95),
    ahead: late.filter((one) => one < -AHEAD).length,
    old: late.filter((one) => one > OLD).length,
    merged: sample.filter(({ merged }) => merged).length,
  };
}
