/**
 * Characters that a terminal, not the shell, would act on when a command is pasted or shown: control and format characters (also
 * those that reorder or hide text), line and paragraph separators.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * One word of a POSIX shell that is exactly this text: no expansion, no end of the word inside. Text with control characters is
 * written by `printf` with octal escapes, so that pasting it moves no cursor and ends no line; line feeds at its end, and NULs,
 * are lost. The only way by which an event's text enters a command. Says nothing about options: write `--` in the command.
 */
export function shellQuote(text: string): string {
  const quoted = (body: string): string => `'${body.replaceAll("'", String.raw`'\''`)}'`;
  if (!UNSAFE.test(text)) return quoted(text);
  const format = [...text].map((character) => (UNSAFE.test(character) ? octal(character) : formatCharacter(character)));
  return `"$(printf ${quoted(format.join(''))})"`;
}

const formatCharacter = (character: string): string =>
  character === '%' ? '%%' : character === '\\' ? String.raw`\\` : character;

/** The character's UTF-8 bytes as octal escapes. */
function octal(character: string): string {
  const bytes = character < '\u0080' ? [character.charCodeAt(0)] : utf8(character);
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

const utf8 = (character: string): readonly number[] =>
  (encodeURIComponent(character).match(/%[0-9A-F]{2}/g) ?? []).map((byte) => Number.parseInt(byte.slice(1), 16));
