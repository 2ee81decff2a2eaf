import { charactersOf, commentLengthAt, stringLengthAt } from '#shared/lang/esql/syntax/passages.ts';

/** Where an offset of a query lies. */
export interface QueryPlace {
  /** Offset at which the command around it begins, behind its pipe. */
  readonly command: number;
  /** The string literal around it; `closed` where its quotation mark has come. */
  readonly string: { readonly from: number; readonly to: number; readonly closed: boolean } | null;
  readonly inComment: boolean;
}

/** Reads up to an offset as the tokenizer does: pipes in strings, names and comments separate nothing. */
export function placeOf(text: string, at: number): QueryPlace {
  const characters = charactersOf(text);
  let command = 0;
  for (let from = 0; from < at; ) {
    const comment = commentLengthAt(characters, from);
    if (comment > 0 && at <= from + comment - (text.startsWith('/*', from) ? 1 : 0)) {
      return { command, string: null, inComment: true };
    }
    const string = stringLengthAt(characters, from);
    const name = /^`[^`]*`?/.exec(text.slice(from, from + 1024))?.[0].length ?? 0;
    if (string > 0 && at < from + string + (isClosed(text.slice(from, from + string)) ? 0 : 1)) {
      const closed = isClosed(text.slice(from, from + string));
      return { command, string: { from, to: closed ? from + string : at, closed }, inComment: false };
    }
    if (text[from] === '|') command = from + 1;
    from += comment || string || name || 1;
  }
  return { command, string: null, inComment: false };
}

function isClosed(token: string): boolean {
  if (token.startsWith('"""')) return token.length >= 6 && token.endsWith('"""');
  return /^"(?:[^"\\]|\\.)*"$/s.test(token);
}
