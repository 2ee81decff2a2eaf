import { RE2_NO_WORD, RE2_WORD } from '#shared/base/words.ts';
import { bind } from '../sql/bind.ts';
import { textLiteral } from '../sql/literal.ts';
import { ADDRESS_MACROS } from './address.ts';
import { CASE_MACROS } from './letter-case.ts';

/** What `parseInstant` reads: ISO 8601, a fraction of up to nine digits, no zone meaning UTC. */
const ISO = String.raw`(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?`;
const PARTS = `['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'zone']`;

const number = (part: string): string => `coalesce(TRY_CAST(part.${part} AS BIGINT), 0)`;

const INSTANT_MACROS: readonly string[] = [
  `CREATE OR REPLACE MACRO zone_minutes(zone) AS
    CASE WHEN zone IN ('', 'Z') THEN 0
      ELSE (CASE WHEN zone[1] = '-' THEN -1 ELSE 1 END) * (coalesce(TRY_CAST(zone[2:3] AS BIGINT), 0) * 60
        + coalesce(TRY_CAST(right(replace(zone[4:], ':', ''), 2) AS BIGINT), 0)) END`,
  `CREATE OR REPLACE MACRO instant_of(part) AS
    CASE WHEN ${number('hour')} < 24 AND ${number('minute')} < 60 AND ${number('second')} < 60
      THEN epoch_ms(TRY_CAST(part.year || '-' || part.month || '-' || part.day AS TIMESTAMP))
        + (${number('hour')} * 60 + ${number('minute')} - zone_minutes(part.zone)) * 60000 + ${number('second')} * 1000
        + coalesce(TRY_CAST(left(rpad(part.fraction, 3, '0'), 3) AS BIGINT), 0) END`,
  `CREATE OR REPLACE MACRO read_instant(t) AS
    ${bind(
      'written',
      't',
      `CASE WHEN regexp_full_match(written, ${textLiteral(ISO)}) THEN epoch_ms(
        ${bind('part', `regexp_extract(written, ${textLiteral(ISO)}, ${PARTS})`, 'instant_of(part)')}) END`,
    )}`,
];

/** Whole months from one time to another: a month is over on the same day and time of the next, or not at all. */
const MONTH_MACROS: readonly string[] = [
  `CREATE OR REPLACE MACRO month_number(t) AS year(t) * 12 + month(t)`,
  `CREATE OR REPLACE MACRO within_month(t) AS day(t) * 86400000 + epoch_ms(t) - epoch_ms(date_trunc('day', t))`,
  `CREATE OR REPLACE MACRO whole_months(a, b) AS
    CASE WHEN b >= a THEN month_number(b) - month_number(a) - (within_month(b) < within_month(a))::BIGINT
      ELSE month_number(b) - month_number(a) + (within_month(b) > within_month(a))::BIGINT END`,
];

/**
 * A double as Java prints it: at least one decimal, and an exponent below 0.001 and from ten million on. The engine prints
 * the same digits in its own form.
 */
const DOUBLE_MACROS: readonly string[] = [
  `CREATE OR REPLACE MACRO scientific(digits, exponent) AS
    left(digits, 1) || '.' || CASE WHEN length(digits) > 1 THEN digits[2:] ELSE '0' END || 'E' || exponent::VARCHAR`,
  `CREATE OR REPLACE MACRO scientific_of(whole, fraction, exponent) AS
    scientific(regexp_replace(ltrim(whole || fraction, '0'), '0+$', ''),
      exponent + CASE WHEN ltrim(whole, '0') <> '' THEN length(ltrim(whole, '0')) - 1
        ELSE length(ltrim(fraction, '0')) - length(fraction) - 1 END)`,
  `CREATE OR REPLACE MACRO scientific_text(printed) AS
    scientific_of(regexp_extract(printed, '^[0-9]*'), regexp_extract(printed, '[.]([0-9]*)', 1),
      coalesce(TRY_CAST(regexp_extract(printed, 'e(.*)$', 1) AS BIGINT), 0))`,
  `CREATE OR REPLACE MACRO double_text(x) AS
    CASE WHEN x = 0 OR (abs(x) >= 0.001 AND abs(x) < 10000000) THEN x::VARCHAR
      ELSE CASE WHEN x < 0 THEN '-' ELSE '' END || scientific_text(abs(x)::VARCHAR) END`,
];

/** The words of a text, in order (`shared/base/words.ts`). */
const WORD_MACRO = `CREATE OR REPLACE MACRO words_of(t) AS
  list_transform(
    list_filter(regexp_extract_all(t, ${textLiteral(RE2_WORD)}), lambda w: NOT regexp_full_match(w, ${textLiteral(RE2_NO_WORD)})),
    lambda w: lower(w))`;

/** Every macro that compiled SQL calls, in the order in which they need each other. */
export const MACROS: readonly string[] = [
  ...ADDRESS_MACROS,
  WORD_MACRO,
  ...CASE_MACROS,
  ...INSTANT_MACROS,
  ...MONTH_MACROS,
  ...DOUBLE_MACROS,
];
