import { escapeMarkup } from '../base/markup.ts';
import { shownLine } from '../base/shown.ts';
import { isRareEdge } from './layout.ts';
import type { TreeRow, TreeSubject } from './tree-row.ts';
import { factsOf, titleOf } from './tree-text.ts';

const LINE = 22;
const INDENT = 18;
const MARGIN = 16;
/** Width of a character of the face, which every system has in about this width. */
const CHARACTER = 7.25;
const LONGEST = 180;

/** Nothing invisible, nothing that a viewer would make a link of, nothing that is markup. */
const shown = (text: string): string => {
  const line = shownLine(text);
  return escapeMarkup(line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line);
};

/** The rows as a picture that loads and runs nothing: the same lines as on the screen, black on white. */
export function treeAsSvg(rows: readonly TreeRow[], of: TreeSubject = 'alert'): string {
  const texts = rows.map((row) => ({ title: shown(titleOf(row)), facts: shown(factsOf(row, of).join(', ')) }));
  const widths = rows.map(
    ({ level }, at) =>
      level * INDENT + ((texts[at]?.title.length ?? 0) + (texts[at]?.facts.length ?? 0) + 3) * CHARACTER,
  );
  const width = Math.ceil(Math.max(300, ...widths) + 2 * MARGIN);
  const height = rows.length * LINE + 2 * MARGIN;
  const places = new Map(rows.map(({ id }, at) => [id, at]));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12">`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...rows.map((row, at) => connector(row, at, row.parent === null ? undefined : places.get(row.parent))),
    ...rows.map((row, at) => line(row, at, texts[at] ?? { title: '', facts: '' })),
    '</svg>',
    '',
  ].join('\n');
}

const leftOf = (level: number): number => MARGIN + (level - 1) * INDENT;
const middleOf = (at: number): number => MARGIN + at * LINE + LINE / 2;

function connector({ level }: TreeRow, at: number, parent: number | undefined): string {
  if (parent === undefined) return '';
  const x = leftOf(level - 1) + 4;
  return `<path d="M${x} ${middleOf(parent) + 8}V${middleOf(at)}H${leftOf(level) - 3}" fill="none" stroke="#9aa3ad"/>`;
}

function line(row: TreeRow, at: number, { title, facts }: { readonly title: string; readonly facts: string }): string {
  const { item } = row;
  const isSubject = item.kind === 'process' && item.node.subject;
  const isAlert = item.kind === 'process' && item.node.alerts.length > 0;
  const isRare = item.kind === 'process' && isRareEdge(item.node);
  const y = MARGIN + at * LINE;
  return [
    isSubject || isAlert
      ? `<rect x="${leftOf(row.level) - 3}" y="${y + 1}" width="100%" height="${LINE - 2}" fill="${isSubject ? '#fbe3e4' : '#fdf0dc'}"/>`
      : '',
    `<text x="${leftOf(row.level)}" y="${y + 15}" fill="#15181c"${isRare || isSubject ? ' font-weight="700"' : ''} xml:space="preserve">${title}`,
    facts === '' ? '' : `<tspan fill="#5b6470" font-weight="400">   ${facts}</tspan>`,
    '</text>',
  ].join('');
}
