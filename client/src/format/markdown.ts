export interface MarkdownSpan {
  readonly kind: 'text' | 'code' | 'strong' | 'emphasis';
  readonly text: string;
}

export type MarkdownBlock =
  | { readonly kind: 'paragraph' | 'heading' | 'quote'; readonly spans: readonly MarkdownSpan[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly MarkdownSpan[])[] };

const FENCE = /^\s*```/;
const HEADING = /^#{1,6}\s+/;
const QUOTE = /^>\s?/;
const ITEM = /^\s*(?:[-*]|(\d{1,9})[.)])\s+/;

/**
 * The small part of Markdown that notes are written in. What is not in it stays text as it was typed: HTML, links, images.
 * Never fails.
 */
export function parseMarkdown(text: string): readonly MarkdownBlock[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const blocks: MarkdownBlock[] = [];
  let at = 0;
  const takeWhile = (holds: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && holds(lines[at] ?? '')) at++;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') at++;
    else if (FENCE.test(line)) {
      at++;
      blocks.push({ kind: 'code', text: takeWhile((inside) => !FENCE.test(inside)).join('\n') });
      at++;
    } else if (HEADING.test(line)) {
      at++;
      blocks.push({ kind: 'heading', spans: spansOf(line.replace(HEADING, '')) });
    } else if (QUOTE.test(line)) {
      const quoted = takeWhile((inside) => QUOTE.test(inside)).map((inside) => inside.replace(QUOTE, ''));
      blocks.push({ kind: 'quote', spans: spansOf(quoted.join('\n')) });
    } else if (ITEM.test(line)) {
      const ordered = ITEM.exec(line)?.[1] !== undefined;
      const items = takeWhile((inside) => (ITEM.exec(inside) ?? null) !== null);
      blocks.push({ kind: 'list', ordered, items: items.map((inside) => spansOf(inside.replace(ITEM, ''))) });
    } else {
      const paragraph = takeWhile((inside) => inside.trim() !== '' && !isStart(inside));
      blocks.push({ kind: 'paragraph', spans: spansOf(paragraph.join('\n')) });
    }
  }
  return blocks;
}

const isStart = (line: string): boolean => [FENCE, HEADING, QUOTE, ITEM].some((pattern) => pattern.test(line));

const SPAN = /`([^`\n]+)`|\*\*([^*\n]+)\*\*|(?<![\w*])[*_]([^*_\n]+)[*_](?![\w*])/g;

function spansOf(text: string): readonly MarkdownSpan[] {
  const spans: MarkdownSpan[] = [];
  let from = 0;
  for (const match of text.matchAll(SPAN)) {
    if (match.index > from) spans.push({ kind: 'text', text: text.slice(from, match.index) });
    const [whole, code, strong, emphasis] = match;
    if (code !== undefined) spans.push({ kind: 'code', text: code });
    else if (strong !== undefined) spans.push({ kind: 'strong', text: strong });
    else spans.push({ kind: 'emphasis', text: emphasis ?? whole });
    from = match.index + whole.length;
  }
  if (from < text.length) spans.push({ kind: 'text', text: text.slice(from) });
  return spans;
}
