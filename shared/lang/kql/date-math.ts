import {
  DAY,
  HOUR,
  type Instant,
  isInstant,
  MINUTE,
  type Milliseconds,
  parseInstant,
  SECOND,
} from '#shared/base/time.ts';
import type { Expression } from '#shared/plan/expression.ts';

/**
 * What a date in a query stands for: all instants from `first` to `last`, inclusive. `2026-11` is a month; `now/d` is today,
 * which only the run knows, so that its ends are expressions.
 */
export type DateExtent =
  | { readonly kind: 'fixed'; readonly first: Instant; readonly last: Instant }
  | { readonly kind: 'relative'; readonly first: Expression; readonly last: Expression };

type Unit = 'y' | 'M' | 'w' | 'd' | 'h' | 'H' | 'm' | 's';

interface Operation {
  readonly kind: '+' | '-' | '/';
  readonly count: number;
  readonly unit: Unit;
}

const LENGTHS: Readonly<Partial<Record<Unit, Milliseconds>>> = { d: DAY, h: HOUR, H: HOUR, m: MINUTE, s: SECOND };

/**
 * Reads a date as Elasticsearch does in a range (`strict_date_optional_time||epoch_millis` and date math: elasticsearch
 * `docs/reference/elasticsearch/rest-apis/common-options.md`), in UTC: ISO dates from the year on, epoch milliseconds as
 * digits, `now`, then `+1d`, `-2h`, `/d`, behind `||` for dates. Null where the text is none of that.
 */
export function parseDate(text: string): DateExtent | null {
  if (text.startsWith('now')) {
    const operations = parseOperations(text.slice(3));
    return operations && relative(operations);
  }
  const separator = text.indexOf('||');
  const whole = extentOf(separator < 0 ? text : text.slice(0, separator));
  if (whole === null || separator < 0) return whole && { kind: 'fixed', ...whole };
  const operations = parseOperations(text.slice(separator + 2));
  if (operations === null) return null;
  const end = (up: boolean) => operations.reduce((instant, operation) => apply(operation, instant, up), whole.first);
  const [first, last] = [end(false), end(true)];
  return isInstant(first) && isInstant(last) ? { kind: 'fixed', first, last } : null;
}

function parseOperations(text: string): readonly Operation[] | null {
  if (!/^(?:[+-]\d{0,9}[yMwdhHms]|\/[yMwdhHms])*$/.test(text)) return null;
  return [...text.matchAll(/([+\-/])(\d*)([yMwdhHms])/g)].map(([, kind, count, unit]) => ({
    kind: kind as Operation['kind'],
    count: count ? Number(count) : 1,
    unit: unit as Unit,
  }));
}

const PARTIAL =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})([.,]\d{1,9})?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/;

function extentOf(text: string): { readonly first: Instant; readonly last: Instant } | null {
  const parts = PARTIAL.exec(text);
  if (!parts) {
    const instant = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    return isInstant(instant) ? { first: instant, last: instant } : null;
  }
  const [, year, month, day, hour, minute, second, fraction, zone = 'Z'] = parts;
  const first = parseInstant(
    `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}${fraction ?? ''}${zone}`,
  );
  if (first === null) return null;
  if (fraction !== undefined) return { first, last: first };
  const unit: Unit = second ? 's' : minute ? 'm' : hour ? 'h' : day ? 'd' : month ? 'M' : 'y';
  return { first, last: add(first, unit, 1) - 1 };
}

function apply(operation: Operation, instant: Instant, up: boolean): Instant {
  const { kind, count, unit } = operation;
  if (kind !== '/') return add(instant, unit, kind === '+' ? count : -count);
  const start = startOf(instant, unit);
  return up ? add(start, unit, 1) - 1 : start;
}

function add(instant: Instant, unit: Unit, count: number): Instant {
  if (unit === 'y' || unit === 'M') return addMonths(instant, unit === 'y' ? 12 * count : count);
  return instant + count * (unit === 'w' ? 7 * DAY : (LENGTHS[unit] ?? 0));
}

/** The same day of another month, or its last day where it has no such day. */
function addMonths(instant: Instant, months: number): Instant {
  const date = new Date(instant);
  const target = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return target + (Math.min(date.getUTCDate(), days) - 1) * DAY + (instant - startOf(instant, 'd'));
}

/** Weeks begin on Monday; the epoch was a Thursday. */
const FIRST_MONDAY = 4 * DAY;

function startOf(instant: Instant, unit: Unit): Instant {
  const date = new Date(instant);
  if (unit === 'y') return Date.UTC(date.getUTCFullYear(), 0, 1);
  if (unit === 'M') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  const [length, origin] = unit === 'w' ? [7 * DAY, FIRST_MONDAY] : [LENGTHS[unit] ?? 1, 0];
  return Math.floor((instant - origin) / length) * length + origin;
}

function relative(operations: readonly Operation[]): DateExtent {
  const end = (up: boolean) =>
    operations.reduce<Expression>((time, operation) => applyRelative(operation, time, up), { kind: 'now' });
  return { kind: 'relative', first: end(false), last: end(true) };
}

const shift = (time: Expression, operator: '+' | '-', length: Milliseconds): Expression => ({
  kind: 'arithmetic',
  operator,
  type: 'datetime',
  left: time,
  right: { kind: 'literal', type: 'span', value: length },
});

const call = (name: string, time: Expression, by: Expression): Expression => ({
  kind: 'call',
  name,
  type: 'datetime',
  args: [
    { kind: 'single', of: time },
    { kind: 'single', of: by },
  ],
});

const months = (count: number): Expression => ({ kind: 'literal', type: 'long', value: count });

/** Units of the calendar, in months. */
const MONTHS: Readonly<Partial<Record<Unit, number>>> = { M: 1, y: 12 };

function addRelative(time: Expression, unit: Unit, count: number): Expression {
  const ofCalendar = MONTHS[unit];
  if (ofCalendar !== undefined) return call('add_months', time, months(ofCalendar * count));
  const length = unit === 'w' ? 7 * DAY : (LENGTHS[unit] ?? 0);
  return shift(time, count < 0 ? '-' : '+', Math.abs(count) * length);
}

function startOfRelative(time: Expression, unit: Unit): Expression {
  const ofCalendar = MONTHS[unit];
  if (ofCalendar !== undefined) return call('date_bucket_months', time, months(ofCalendar));
  if (unit === 'w') {
    const week: Expression = { kind: 'literal', type: 'span', value: 7 * DAY };
    return shift(call('date_bucket', shift(time, '-', FIRST_MONDAY), week), '+', FIRST_MONDAY);
  }
  return call('date_bucket', time, { kind: 'literal', type: 'span', value: LENGTHS[unit] ?? 1 });
}

function applyRelative({ kind, count, unit }: Operation, time: Expression, up: boolean): Expression {
  if (kind !== '/') return addRelative(time, unit, kind === '+' ? count : -count);
  const start = startOfRelative(time, unit);
  return up ? shift(addRelative(start, unit, 1), '-', 1) : start;
}
