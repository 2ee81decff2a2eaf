import { DAY, HOUR, MINUTE, type Milliseconds, SECOND } from '#shared/base/time.ts';

const units = (length: Milliseconds, ...names: readonly string[]): readonly (readonly [string, Milliseconds])[] =>
  names.map((name) => [name, length]);

const LENGTHS: ReadonlyMap<string, Milliseconds> = new Map([
  ...units(1, 'ms', 'millisecond', 'milliseconds'),
  ...units(SECOND, 's', 'sec', 'second', 'seconds'),
  ...units(MINUTE, 'm', 'min', 'minute', 'minutes'),
  ...units(HOUR, 'h', 'hour', 'hours'),
  ...units(DAY, 'd', 'day', 'days'),
  ...units(7 * DAY, 'w', 'week', 'weeks'),
]);

/** Units of the calendar: how long they are depends on where they begin. */
const CALENDAR: ReadonlySet<string> = new Set([
  ...['mo', 'month', 'months'],
  ...['q', 'quarter', 'quarters'],
  ...['y', 'yr', 'year', 'years'],
]);

/** Length of a timespan's unit. */
export function unitLength(unit: string): Milliseconds | 'calendar' | 'unknown' {
  const name = unit.toLowerCase();
  return LENGTHS.get(name) ?? (CALENDAR.has(name) ? 'calendar' : 'unknown');
}

export const UNIT_NAMES: readonly string[] = [...LENGTHS.keys()];

/** The names by which `date_diff` knows a unit, and the plan's own name for it. */
const DIFFERENCE_UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    millisecond: ['millisecond', 'milliseconds', 'ms'],
    second: ['second', 'seconds', 'ss', 's'],
    minute: ['minute', 'minutes', 'mi', 'n'],
    hour: ['hour', 'hours', 'hh'],
    day: ['day', 'days', 'dd', 'd', 'dayofyear', 'dy', 'y'],
    week: ['week', 'weeks', 'wk', 'ww'],
  }).flatMap(([unit, names]) => names.map((name): [string, string] => [name, unit])),
);

/** The plan's name (`millisecond` to `week`) for a unit of `date_diff`; null for others. */
export const differenceUnit = (name: string): string | null => DIFFERENCE_UNITS.get(name.toLowerCase()) ?? null;
