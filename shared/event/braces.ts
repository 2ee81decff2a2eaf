/** Every name that a text with alternatives in braces stands for: `a.{b,c.{d,e}}` is `a.b`, `a.c.d` and `a.c.e`. */
export function expandBraces(text: string): readonly string[] {
  const open = text.indexOf('{');
  if (open === -1) return [text];
  const [parts, end] = alternatives(text, open + 1);
  const behind = expandBraces(text.slice(end));
  return parts.flatMap(expandBraces).flatMap((part) => behind.map((rest) => text.slice(0, open) + part + rest));
}

/** What stands between the commas of a brace that has just been opened, and where the text goes on behind it. */
function alternatives(text: string, from: number): readonly [parts: readonly string[], end: number] {
  const parts: string[] = [];
  let depth = 1;
  let start = from;
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '{') depth++;
    if (character === '}') depth--;
    if (depth === 0 || (depth === 1 && character === ',')) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
    if (depth === 0) return [parts, at + 1];
  }
  throw new Error(`Unclosed brace in ${text}`);
}
