/** A stretch of a text: prose, or what came from an event and is shown in a face of its own. */
export type Piece = string | { readonly code: string } | { readonly time: string };
export type Text = readonly Piece[];

/** A document without a language: what Markdown and HTML are written from. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: Text }
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly name: string; readonly text: Text }[] }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly Text[])[] }
  /** Lines as they are. */
  | { readonly kind: 'lines'; readonly text: string }
  | { readonly kind: 'rule' };

export const heading = (level: 1 | 2 | 3, ...text: Piece[]): Block => ({ kind: 'heading', level, text });
export const paragraph = (...text: Piece[]): Block => ({ kind: 'paragraph', text });
export const lines = (text: string): Block => ({ kind: 'lines', text });

/** A time, which stands in one line. */
export const time = (iso: string): Piece => ({ time: iso });

/** Text from outside, or a word for its absence. */
export const code = (text: string | null | undefined, absent = '–'): Piece =>
  text === null || text === undefined || text === '' ? absent : { code: text };

/** Each by itself, with commas between. */
export const codes = (texts: readonly string[]): Text =>
  texts.length === 0 ? ['–'] : texts.flatMap((text, at) => (at === 0 ? [{ code: text }] : [', ', { code: text }]));
