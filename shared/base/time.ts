/**
 * Instants are epoch milliseconds, UTC, as Elasticsearch's `date` keeps them; spans are milliseconds. Text leaves the
 * program as ISO 8601 with milliseconds and `Z`.
 */
export type Instant = number;
export type Milliseconds = number;

export const SECOND: Milliseconds = 1000;
export const MINUTE: Milliseconds = 60 * SECOND;
export const HOUR: Milliseconds = 60 * MINUTE;
export const DAY: Milliseconds = 24 * HOUR;

/** Whether a number of milliseconds is an instant: a JavaScript date reaches 8.64e15 ms from the epoch. */
export const isInstant = (value: number | bigint): boolean => value >= -8.64e15 && value <= 8.64e15;

export const formatInstant = (instant: Instant): string => new Date(instant).toISOString();

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * An ISO 8601 date or date-time as an instant, without a zone read as UTC, fractions beyond milliseconds cut as
 * Elasticsearch's `date` cuts them; null where the text is no such date. Never reads other formats, as `Date.parse` would.
 */
export function parseInstant(text: string): Instant | null {
  const parts = ISO.exec(text);
  if (!parts) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] = parts;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (mo < 1 || mo > 12 || d < 1 || d > daysIn(y, mo)) return null;
  if (h > 23 || mi > 59 || s > 59) return null;
  const local = new Date(Date.UTC(2000, mo - 1, d, h, mi, s, Number(fraction.padEnd(3, '0').slice(0, 3))));
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999.
  return local.setUTCFullYear(y, mo - 1, d) - zoneOffset(zone);
}

const daysIn = (year: number, month: number): number =>
  new Date(new Date(0).setUTCFullYear(year, month, 0)).getUTCDate();

function zoneOffset(zone: string): Milliseconds {
  if (zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const size = Number(digits.slice(0, 2)) * HOUR + Number(digits.slice(2)) * MINUTE;
  return zone.startsWith('-') ? -size : size;
}

const SPAN_UNITS: Readonly<Record<string, Milliseconds>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };

/** A length such as `5m`, `1h`, `7d`, as rule files write intervals; null where it is none. */
export function parseSpan(text: string): Milliseconds | null {
  const parts = /^(\d+)([smhdw])$/.exec(text);
  const unit = parts && SPAN_UNITS[parts[2] ?? ''];
  return parts && unit ? Number(parts[1]) * unit : null;
}

const WRITTEN_UNITS = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
] as const;

/** A length as `parseSpan` reads it, in the largest unit that divides it: `61m`. Only whole seconds are read again. */
export function spanText(span: Milliseconds): string {
  const [name, length] = WRITTEN_UNITS.find(([, unit]) => span % unit === 0) ?? ['s', SECOND];
  return `${span / length}${name}`;
}

/** Distance back from now of `now-61m`; 0 for `now`; null where the text is neither. */
export function parseLookBack(text: string): Milliseconds | null {
  if (text === 'now') return 0;
  return text.startsWith('now-') ? parseSpan(text.slice(4)) : null;
}
