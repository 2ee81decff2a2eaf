import { Fragment, type ReactNode } from 'react';
import { type MarkdownBlock, type MarkdownSpan, parseMarkdown } from '#client/format/markdown.ts';
import classes from './markdown.module.css';
import { Hostile } from './text.tsx';

/** A note in Markdown: emphasis, code, lists, quotations and headings. Markup of its own stays text, links are not links. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className={classes['markdown']}>
      {parseMarkdown(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of one text have no other identity
        <Fragment key={index}>{drawBlock(block)}</Fragment>
      ))}
    </div>
  );
}

function drawBlock(block: MarkdownBlock): ReactNode {
  switch (block.kind) {
    case 'code':
      return (
        <pre>
          <Hostile text={block.text} />
        </pre>
      );
    case 'heading':
      return <p className={classes['heading']}>{drawSpans(block.spans)}</p>;
    case 'quote':
      return <blockquote>{drawSpans(block.spans)}</blockquote>;
    case 'list': {
      const items = block.items.map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items of one text have no other identity
        <li key={index}>{drawSpans(spans)}</li>
      ));
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'paragraph':
      return <p>{drawSpans(block.spans)}</p>;
  }
}

const TAGS = { text: Fragment, code: 'code', strong: 'strong', emphasis: 'em' } as const;

const drawSpans = (spans: readonly MarkdownSpan[]): ReactNode =>
  spans.map(({ kind, text }, index) => {
    const Tag = TAGS[kind];
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity
      <Tag key={index}>
        <Hostile text={text} />
      </Tag>
    );
  });
