/** A stretch of text that is safe to draw, or one character that is not, spelled out. */
export interface TextPart {
  readonly kind: 'plain' | 'escape';
  readonly text: string;
}

/**
 * Characters that draw nothing, move what follows, or pass for a plain space: control and format characters (bidi
 * overrides, zero width, tags), line and paragraph separators, blank letters, unpaired surrogates.
 */
const UNSAFE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\u115f\u1160\u3164\uffa0\u2800\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' };

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return SHORT[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`);
}

/** Splits text from events into what may be drawn and what is shown as a visible escape. */
export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let drawn = 0;
  for (const match of text.matchAll(UNSAFE)) {
    if (match.index > drawn) parts.push({ kind: 'plain', text: text.slice(drawn, match.index) });
    parts.push({ kind: 'escape', text: escapeOf(match[0]) });
    drawn = match.index + match[0].length;
  }
  if (drawn < text.length) parts.push({ kind: 'plain', text: text.slice(drawn) });
  return parts;
}

/** The same as one string, for attributes and labels. */
export const visibleText = (text: string): string => text.replace(UNSAFE, escapeOf);

/** Whether anything in it would have been invisible or misleading. */
export const hasUnsafe = (text: string): boolean => text.search(UNSAFE) >= 0;

/** Text with its line breaks kept, everything else unsafe escaped: for documents and queries. */
export const visibleLines = (text: string): readonly string[] => text.split(/\r?\n/).map(visibleText);
