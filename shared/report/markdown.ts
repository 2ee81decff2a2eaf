import { unreachable } from '../base/assert.ts';
import { shownLine, shownLines } from '../base/shown.ts';
import type { Block, Piece, Text } from './blocks.ts';

/** What could begin markup in CommonMark or GitHub's Markdown: anywhere, and at the beginning of a line. */
const SPECIAL = /[\\`*_[\]<>|~&$#]|(?<=\bwww)\.|^[-+=](?=[ -+=]|$)|(?<=^\d+)[.)]/gi;
/** GitHub makes links of addresses of mail in any prose. */
const MAIL = /(?<=[\w.+-])@(?=[\w-])/g;

/** Prose in which nothing is markup. */
const prose = (text: string): string => shownLine(text).replace(MAIL, '[@]').replace(SPECIAL, String.raw`\$&`);

/**
 * A code span that holds exactly this text: fenced by more backticks than stand in it (CommonMark, "Code spans"). In a
 * table a bar must be escaped even there (GitHub Flavored Markdown, "Tables").
 */
function codeSpan(text: string, inTable: boolean): string {
  const shown = shownLine(text);
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = /^[ `]|[ `]$/.test(shown) ? ' ' : '';
  const span = `${fence}${pad}${shown}${pad}${fence}`;
  return inTable ? span.replaceAll('|', String.raw`\|`) : span;
}

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));

function piece(part: Piece, inTable: boolean): string {
  if (typeof part === 'string') return prose(part);
  return 'code' in part ? codeSpan(part.code, inTable) : prose(part.time);
}

const inline = (text: Text, inTable = false): string => text.map((part) => piece(part, inTable)).join('');

/** A fenced block that no line of the text can end. */
function fenced(text: string): string {
  const shown = shownLines(text);
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1));
  return [`${fence}text`, ...shown, fence].join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function write(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inline(block.text)}`;
    case 'paragraph':
      return inline(block.text);
    case 'facts':
      return block.facts.map(({ name, text }) => `- **${prose(name)}**: ${inline(text)}`).join('\n');
    case 'list':
      return block.items.map((item) => `- ${inline(item)}`).join('\n');
    case 'table':
      return [
        row(block.columns.map(prose)),
        row(block.columns.map(() => '---')),
        ...block.rows.map((cells) => row(cells.map((cell) => inline(cell, true)))),
      ].join('\n');
    case 'lines':
      return fenced(block.text);
    case 'rule':
      return '---';
    default:
      return unreachable(block);
  }
}

/** The document as GitHub Flavored Markdown. Text from outside stands in code, where nothing is read as markup. */
export const writeMarkdown = (blocks: readonly Block[]): string => `${blocks.map(write).join('\n\n')}\n`;
