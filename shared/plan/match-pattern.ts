import type { Pattern } from './pattern.ts';

type Part = Pattern[number];
/** Parts between two wildcards for any run: literals and single code points. */
type Segment = readonly Part[];

/**
 * Whether the whole text matches. Segments are sought from left to right, each as early as it fits, so that the time grows
 * with text times pattern; a backtracking expression could be kept busy for hours by one hostile command line.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  const [first = [], ...rest] = segmentsOf(pattern);
  const start = endAt(first, text, 0);
  if (start === null) return false;
  const last = rest.pop();
  if (last === undefined) return start === text.length;
  let from = start;
  for (const segment of rest) {
    const end = findEnd(segment, text, from);
    if (end === null) return false;
    from = end;
  }
  const tail = startAt(last, text, text.length);
  return tail !== null && tail >= from;
}

function segmentsOf(pattern: Pattern): readonly Segment[] {
  const segments: Part[][] = [[]];
  for (const part of pattern) {
    if (typeof part !== 'string' && part.wildcard === 'many') segments.push([]);
    else segments.at(-1)?.push(part);
  }
  return segments;
}

/** Where the segment ends if it begins at `from`; null where it does not match there. */
function endAt(segment: Segment, text: string, from: number): number | null {
  let at = from;
  for (const part of segment) {
    if (typeof part === 'string') {
      if (!text.startsWith(part, at)) return null;
      at += part.length;
    } else {
      if (at >= text.length) return null;
      at += widthAt(text, at);
    }
  }
  return at;
}

/** Where the segment begins if it ends at `to`; null where it does not match there. */
function startAt(segment: Segment, text: string, to: number): number | null {
  let at = to;
  for (const part of segment.toReversed()) {
    if (typeof part === 'string') {
      if (!text.endsWith(part, at)) return null;
      at -= part.length;
    } else {
      if (at <= 0) return null;
      at -= at >= 2 && widthAt(text, at - 2) === 2 ? 2 : 1;
    }
  }
  return at;
}

/** End of the earliest match at or after `from`. */
function findEnd(segment: Segment, text: string, from: number): number | null {
  for (let at = from; at <= text.length; at += Math.max(1, widthAt(text, at))) {
    const end = endAt(segment, text, at);
    if (end !== null) return end;
  }
  return null;
}

/** UTF-16 units of the code point at this place; 1 at the end of the text. */
const widthAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
