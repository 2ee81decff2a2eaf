/**
 * Characters that a terminal obeys instead of showing, or that hide or reorder text: controls, format characters such as
 * bidirectional overrides, line and paragraph separators. Events are written by attackers; none of this may reach a screen.
 */
const OBEYED = /[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}]/gu;

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');

/** The text with each such character spelled out as JSON would, `\u001b`. Never spans lines. */
export const terminalSafe = (text: string): string => text.replaceAll(OBEYED, escaped);
