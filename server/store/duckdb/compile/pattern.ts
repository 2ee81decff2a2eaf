import { literalOf, type Pattern } from '#shared/plan/pattern.ts';
import { textLiteral } from '../sql/literal.ts';

type Part = Pattern[number];

const isMany = (part: Part | undefined): boolean => typeof part === 'object' && part.wildcard === 'many';

/** Neighbouring texts joined, runs of `*` made one: the parts by which a pattern's form is told. */
function normalised(pattern: Pattern): readonly Part[] {
  const parts: Part[] = [];
  for (const part of pattern) {
    const last = parts.at(-1);
    if (part === '' || (isMany(part) && isMany(last))) continue;
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts;
}

/**
 * Whether the text in `sql` matches; NULL where that is NULL. Plain prefixes, suffixes and stretches call their function,
 * which on rows written since the file was opened is several times faster than the same LIKE.
 */
export function matches(sql: string, pattern: Pattern): string {
  const exact = literalOf(pattern);
  if (exact !== null) return `${sql} = ${textLiteral(exact)}`;
  const parts = normalised(pattern);
  const [first, second, third] = parts;
  if (parts.length === 2 && typeof first === 'string' && isMany(second))
    return `starts_with(${sql}, ${textLiteral(first)})`;
  if (parts.length === 2 && isMany(first) && typeof second === 'string')
    return `ends_with(${sql}, ${textLiteral(second)})`;
  if (parts.length === 3 && isMany(first) && typeof second === 'string' && isMany(third))
    return `contains(${sql}, ${textLiteral(second)})`;
  return `${sql} LIKE ${textLiteral(parts.map(likePart).join(''))} ESCAPE '\\'`;
}

const likePart = (part: Part): string =>
  typeof part === 'string' ? part.replace(/[\\%_]/g, String.raw`\$&`) : part.wildcard === 'many' ? '%' : '_';

/** Whether the pattern asks for a stretch anywhere in the text: the form that a scan pays most for. */
export const isContains = (pattern: Pattern): boolean => isMany(pattern[0]) && isMany(pattern.at(-1));

/** The pattern in RE2's syntax, without anchors; for a match that lets `.` take newlines. */
export const regexOf = (pattern: Pattern): string => normalised(pattern).map(regexPart).join('');

const regexPart = (part: Part): string =>
  typeof part === 'string' ? quoted(part) : part.wildcard === 'many' ? '.*' : '.';

/** RE2 takes a backslash before any ASCII character that is no letter, digit or `_` as that character itself; not before NUL. */
const quoted = (text: string): string =>
  text
    .split('\0')
    .map((part) => part.replace(/[^\w\u0080-\uffff]/g, String.raw`\$&`))
    .join(String.raw`\x00`);
