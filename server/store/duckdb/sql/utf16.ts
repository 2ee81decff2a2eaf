/**
 * Whether a text has at most so many UTF-16 units, which `ignore_above` counts: characters beyond U+FFFF are two. Bytes are never
 * fewer, and quickly counted.
 */
export const hasUnits = (text: string, most: number | string): string =>
  `CASE WHEN strlen(${text}) <= ${most} THEN true
    ELSE length(${text}) + length(regexp_replace(${text}, '[^\\x{10000}-\\x{10FFFF}]', '', 'g')) <= ${most} END`;
