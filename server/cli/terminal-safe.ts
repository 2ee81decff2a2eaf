/**
 * Characters that a terminal obeys instead of showing: C0 and C1 controls, line separators, and marks that reorder or hide
 * text. Events are written by attackers; none of this may reach a screen.
 */
const OBEYED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The text with every character that a terminal would obey spelled out, as `\u001b`. Never spans lines. */
export const terminalSafe = (text: string): string => text.replaceAll(OBEYED, escaped);
