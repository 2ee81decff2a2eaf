import { type DissectPattern, emptyPartsAfter } from '#shared/plan/dissect.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { cellOf, type Value, valuesOf } from '#shared/plan/value.ts';

type Dissect = Expression & { readonly kind: 'dissect' };

/** The chosen parts of each text that the pattern takes apart, joined. */
export function dissect(
  { pattern, parts, separator }: Pick<Dissect, 'pattern' | 'parts' | 'separator'>,
  cell: Value,
): Value {
  const joined = valuesOf(cell).flatMap((text) => {
    const found = takeApart(pattern, String(text));
    return found ? [parts.map((part) => found[part] ?? '').join(separator)] : [];
  });
  return cellOf(joined);
}

/** All parts in order; null where the text is not made so. A text that is nothing but the leading delimiter never is. */
function takeApart(pattern: DissectPattern, text: string): readonly string[] | null {
  const { leading, parts } = pattern;
  if (!text.startsWith(leading) || text.length === leading.length) return null;
  const found: string[] = [];
  let rest = text.slice(leading.length);
  for (const [index, { delimiter }] of parts.entries()) {
    // A delimiter that repeats has given this part already.
    if (index < found.length) continue;
    if (delimiter === '') {
      found.push(rest);
      continue;
    }
    const end = rest.indexOf(delimiter);
    if (end === -1) return null;
    found.push(rest.slice(0, end));
    rest = rest.slice(end + delimiter.length);
    let repeated = 0;
    for (; rest.startsWith(delimiter); repeated += 1) rest = rest.slice(delimiter.length);
    for (let empty = Math.min(repeated, emptyPartsAfter(pattern, index)); empty > 0; empty -= 1) found.push('');
  }
  return found;
}
