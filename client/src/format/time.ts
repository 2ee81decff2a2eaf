import { DAY, HOUR, type Instant, MINUTE, parseInstant, SECOND } from '#shared/base/time.ts';

export type Zone = 'utc' | 'local';

const two = (value: number): string => String(value).padStart(2, '0');

interface Parts {
  readonly date: string;
  readonly clock: string;
  readonly ms: string;
}

function partsOf(instant: Instant, zone: Zone): Parts {
  const shifted = zone === 'utc' ? instant : instant - new Date(instant).getTimezoneOffset() * MINUTE;
  const [date = '', rest = ''] = new Date(shifted).toISOString().split('T');
  return { date, clock: rest.slice(0, 8), ms: rest.slice(9, 12) };
}

/** `UTC`, or the browser's offset as `+02:00` at that time. */
export function zoneLabel(zone: Zone, at: Instant = Date.now()): string {
  if (zone === 'utc') return 'UTC';
  const offset = -new Date(at).getTimezoneOffset();
  const size = Math.abs(offset);
  return `${offset < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `2026-11-21 20:15:13`: what tables show. Text that is no time stays as it is. */
export function formatTime(iso: string, zone: Zone): string {
  const instant = parseInstant(iso);
  if (instant === null) return iso;
  const { date, clock } = partsOf(instant, zone);
  return `${date} ${clock}`;
}

/** `11-21 20:15`: for axes and narrow columns. */
export function shortTime(iso: string, zone: Zone): string {
  const instant = parseInstant(iso);
  if (instant === null) return iso;
  const { date, clock } = partsOf(instant, zone);
  return `${date.slice(5)} ${clock.slice(0, 5)}`;
}

/** With milliseconds and the zone: for hover and focus. */
export function exactTime(iso: string, zone: Zone): string {
  const instant = parseInstant(iso);
  if (instant === null) return iso;
  const { date, clock, ms } = partsOf(instant, zone);
  return `${date} ${clock}.${ms} ${zoneLabel(zone, instant)}`;
}

/** A length of time in its two largest units: `3 d 4 h`, `12 s`, `340 ms`. */
export function formatSpan(ms: number): string {
  const size = Math.abs(ms);
  if (size < SECOND) return `${Math.round(size)} ms`;
  const units = [
    ['d', DAY],
    ['h', HOUR],
    ['min', MINUTE],
    ['s', SECOND],
  ] as const;
  const first = units.findIndex(([, length]) => size >= length);
  const [name, length] = units[first] ?? ['s', SECOND];
  const next = units[first + 1];
  const whole = Math.floor(size / length);
  const rest = next ? Math.floor((size % length) / next[1]) : 0;
  return next && rest > 0 && whole < 10 ? `${whole} ${name} ${rest} ${next[0]}` : `${whole} ${name}`;
}

/** `5 min ago`, `in 3 d`. */
export function relativeTime(iso: string, now: Instant): string {
  const instant = parseInstant(iso);
  if (instant === null) return iso;
  const distance = now - instant;
  if (Math.abs(distance) < 5 * SECOND) return 'just now';
  return distance > 0 ? `${formatSpan(distance)} ago` : `in ${formatSpan(distance)}`;
}

/** Time between two instants given as text; null where either is missing or unreadable. */
export function between(from: string | null, to: string | null): number | null {
  const start = from === null ? null : parseInstant(from);
  const end = to === null ? null : parseInstant(to);
  return start === null || end === null ? null : end - start;
}
