/** Controls and characters that hide or reorder text: a guide is read, and they are no part of any. */
const INVISIBLE = /[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}]/gu;

/**
 * A line of Markdown as plain text: emphasis and code marks go, a link keeps its words and its address. What looks like HTML
 * stays what it is, text: nothing of it is ever markup again.
 */
export const plainText = (markdown: string): string =>
  markdown
    .replaceAll(/!?\[([^\]\n]{0,500})\]\(([^()\s]{0,1000})\)/g, (_, words: string, address: string) =>
      words === address || words === '' ? address : `${words} (${address})`,
    )
    .replaceAll(/\*\*([^*\n]+)\*\*/g, '$1')
    .replaceAll('`', '')
    .replaceAll(INVISIBLE, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const CODE = /`([^`\n]{1,200})`/g;
const FIELD_NAME = /^@?[a-z_]\w*(?:\.\w+)+$/i;

/** Names of fields among a text's code spans, each once. */
export const fieldsNamedIn = (markdown: string): readonly string[] => [
  ...new Set([...markdown.matchAll(CODE)].flatMap(([, code = '']) => (FIELD_NAME.test(code) ? [code] : []))),
];
