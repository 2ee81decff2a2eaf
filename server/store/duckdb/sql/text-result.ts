import { textLiteral } from './literal.ts';

const MARK = textLiteral('\uFEFF');

/**
 * Text as it must be selected to arrive whole. The client library decodes text with a decoder that takes one leading U+FEFF for a
 * byte order mark and drops it; where there is one, another goes before it.
 */
export const selectedText = (sql: string): string =>
  `CASE WHEN starts_with(${sql}, ${MARK}) THEN ${MARK} || ${sql} ELSE ${sql} END`;

/** The same for a list of texts. */
export const selectedTexts = (list: string): string => `list_transform(${list}, lambda t: ${selectedText('t')})`;
