import { fail, type Result, succeed } from '#shared/base/result.ts';
import { MANY, ONE, type Pattern, type Wildcard } from '#shared/plan/pattern.ts';

/**
 * A pattern of LIKE, its string already unescaped: `*` any run, `?` one code point, `\` before either or itself makes it
 * literal and is an error before anything else. Runs of `*` are one.
 */
export function parseLikePattern(text: string): Result<Pattern, 'invalid-escape'> {
  const parts: (string | Wildcard)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '*') addWildcard(parts, MANY);
    else if (character === '?') addWildcard(parts, ONE);
    else if (character !== '\\') addText(parts, character);
    else {
      const escaped = text[++at];
      if (escaped !== '*' && escaped !== '?' && escaped !== '\\') return fail('invalid-escape');
      addText(parts, escaped);
    }
  }
  return succeed(parts);
}

/** Whether the pattern matches every value there is. */
export const matchesAll = (pattern: Pattern): boolean => pattern.length === 1 && pattern[0] === MANY;

function addWildcard(parts: (string | Wildcard)[], wildcard: Wildcard): void {
  if (wildcard === ONE || parts.at(-1) !== MANY) parts.push(wildcard);
}

function addText(parts: (string | Wildcard)[], text: string): void {
  const last = parts.at(-1);
  if (typeof last === 'string') parts[parts.length - 1] = last + text;
  else parts.push(text);
}
