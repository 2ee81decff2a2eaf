/** Spreadsheets take a cell that begins so for a formula, or for a way into one; also in the wide forms of East Asian text. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * A text as a CSV field that is data wherever it is opened: what would begin a formula gets an apostrophe in front (OWASP,
 * "CSV Injection"), and quotation marks stand around whatever needs them (RFC 4180).
 */
export function csvText(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export type CsvScalar = string | number | boolean;
export type CsvCell = CsvScalar | null | readonly CsvScalar[];

/** A cell as a CSV field: nothing for null, several values side by side. A number is written as it is: it is no formula. */
export function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return csvText(typeof cell === 'object' ? cell.map(String).join('; ') : String(cell));
}

/** A line with its end, as RFC 4180 has it. */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(csvCell).join(',')}\r\n`;
