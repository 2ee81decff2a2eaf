import { terminalSafe } from './terminal-safe.ts';

export interface TableColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly align?: 'right';
}

/** Longest text of a cell, in code points; the last column's is longer, nothing stands behind it. */
const CELL = 40;
const LAST_CELL = 300;

/** Rows as aligned lines for people; cells are made safe for a terminal. */
export function tableLines<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): readonly string[] {
  const cells = [
    columns.map(({ title }) => title),
    ...rows.map((row) =>
      columns.map(({ cell }, index) =>
        shortened(terminalSafe(cell(row)), index === columns.length - 1 ? LAST_CELL : CELL),
      ),
    ),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => widthOf(line[index] ?? ''))));
  return cells.map((line) =>
    line
      .map((text, index) => padded(text, widths[index] ?? 0, columns[index]?.align))
      .join('  ')
      .trimEnd(),
  );
}

function shortened(text: string, longest: number): string {
  const points = Array.from(text);
  return points.length > longest ? `${points.slice(0, longest - 1).join('')}…` : text;
}

/** Places on the screen: East Asian wide characters and emoji take two, combining marks none. */
const widthOf = (text: string): number => Array.from(text).reduce((width, point) => width + placesOf(point), 0);

function placesOf(point: string): number {
  if (/^\p{Mark}$/u.test(point)) return 0;
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff00-\uff60]$/u.test(
    point,
  )
    ? 2
    : 1;
}

const padded = (text: string, width: number, align: 'right' | undefined): string => {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'right' ? space + text : text + space;
};
