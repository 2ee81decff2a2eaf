import { unreachable } from '../base/assert.ts';
import { escapeMarkup } from '../base/markup.ts';
import { shownLine, shownLines } from '../base/shown.ts';
import type { Block, Piece, Text } from './blocks.ts';
import { REPORT_STYLE } from './html-style.ts';

const prose = (text: string): string => escapeMarkup(shownLine(text));

function piece(part: Piece): string {
  if (typeof part === 'string') return prose(part);
  return 'code' in part ? element('code', prose(part.code)) : element('time', prose(part.time));
}

const inline = (text: Text): string => text.map(piece).join('');

const element = (name: string, inner: string): string => `<${name}>${inner}</${name}>`;
const each = (name: string, inners: readonly string[]): string => inners.map((inner) => element(name, inner)).join('');

function write(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return element(`h${block.level}`, inline(block.text));
    case 'paragraph':
      return element('p', inline(block.text));
    case 'facts':
      return element(
        'dl',
        block.facts.map(({ name, text }) => `${element('dt', prose(name))}${element('dd', inline(text))}`).join(''),
      );
    case 'list':
      return element('ul', each('li', block.items.map(inline)));
    case 'table':
      return element(
        'table',
        `${element('thead', element('tr', block.columns.map((column) => `<th scope="col">${prose(column)}</th>`).join('')))}${element(
          'tbody',
          each(
            'tr',
            block.rows.map((cells) => each('td', cells.map(inline))),
          ),
        )}`,
      );
    case 'lines':
      return `<pre tabindex="0">${escapeMarkup(shownLines(block.text).join('\n'))}</pre>`;
    case 'rule':
      return '<hr>';
    default:
      return unreachable(block);
  }
}

/** What the page allows itself, opened from a disk too: its own style, nothing else. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The document as one page for screen and paper that loads nothing and runs nothing. */
export const writeHtml = (title: string, blocks: readonly Block[]): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${prose(title)}</title>`,
    `<style>${REPORT_STYLE}</style>`,
    '</head>',
    '<body>',
    `<main>${blocks.map(write).join('\n')}</main>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
