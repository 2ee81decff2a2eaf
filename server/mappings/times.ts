import { formatInstant, type Instant, isInstant, parseInstant } from '#shared/base/time.ts';

/** A time as it came, readable as ISO 8601, and cut to milliseconds for comparison. */
export interface Time {
  readonly text: string;
  readonly at: Instant;
}

/** ISO 8601, without a zone read as UTC. The text stays as it came, so that no digit is lost. */
export function isoTime(text: string | undefined): Time | undefined {
  if (text === undefined) return undefined;
  const at = parseInstant(text);
  return at === null ? undefined : { text, at };
}

/** Seconds since the epoch, with or without a fraction. */
export function secondsTime(text: string | undefined): Time | undefined {
  const parts = text === undefined ? null : /^(\d{1,11})(?:\.(\d{1,9}))?\d*$/.exec(text);
  if (!parts) return undefined;
  const fraction = (parts[2] ?? '').padEnd(3, '0');
  const at = Number(parts[1]) * 1000 + Number(fraction.slice(0, 3));
  if (!isInstant(at)) return undefined;
  return { text: formatInstant(at).replace('Z', `${fraction.slice(3)}Z`), at };
}

/** Milliseconds since the epoch. */
export function millisecondsTime(text: string | undefined): Time | undefined {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  const at = Number(text);
  return isInstant(at) ? { text: formatInstant(at), at } : undefined;
}
