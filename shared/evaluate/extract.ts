import type { Expression } from '#shared/plan/expression.ts';
import { cellOf, type Scalar, type Value, valuesOf } from '#shared/plan/value.ts';
import { pointsOf, type Slots, search, textOf } from './search-regex.ts';

type Of<Kind extends Expression['kind']> = Expression & { readonly kind: Kind };
type Points = readonly number[];

/** What the expression captures in each of the texts, text by text. */
export function extract({ regex, captures }: Pick<Of<'extract'>, 'regex' | 'captures'>, cell: Value): Value {
  const found = valuesOf(cell).flatMap((text) => {
    const points = pointsOf(String(text));
    const slots = search(regex, points);
    return slots ? captures.flatMap((index) => captured(points, slots, index) ?? []) : [];
  });
  return cellOf(found);
}

/** What a capture took; null where it has no part in the match. */
export function captured(points: Points, slots: Slots, index: number): string | null {
  const [start, end] = [slots[2 * index], slots[2 * index + 1]];
  return start === undefined || end === undefined ? null : textOf(points.slice(start, end));
}

/** The text with every match replaced, from left to right; none of them is empty. */
export function replaceMatches({ regex, by }: Pick<Of<'replace'>, 'regex' | 'by'>, text: Scalar | null): Value {
  if (text === null) return null;
  const points = pointsOf(String(text));
  let result = '';
  let at = 0;
  for (let slots = search(regex, points); slots; slots = search(regex, points, at)) {
    const [start = at, end = at] = slots;
    result += textOf(points.slice(at, start));
    for (const part of by) result += typeof part === 'string' ? part : (captured(points, slots, part) ?? '');
    at = end;
    if (at >= points.length) break;
  }
  return result + textOf(points.slice(at));
}
