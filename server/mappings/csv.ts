/** Reads CSV a line at a time: a quoted value may go on over lines. */
export interface CsvReader {
  /** The values of a row, when its last line has come. */
  readonly push: (line: string) => readonly string[] | undefined;
  readonly isOpen: () => boolean;
  /** Gives up an unfinished row. */
  readonly reset: () => void;
}

/** Most characters of one row. */
const LONGEST_ROW = 4 * 1024 * 1024;

export function csvReader(separator: string): CsvReader {
  let open = '';
  return {
    push(line) {
      open = open === '' ? line : `${open}\n${line}`;
      if (open.length < LONGEST_ROW && quotes(open) % 2 === 1) return undefined;
      const row = open;
      open = '';
      return valuesOf(row, separator);
    },
    isOpen: () => open !== '',
    reset: () => {
      open = '';
    },
  };
}

const quotes = (text: string): number => text.split('"').length - 1;

/** RFC 4180: a value in quotes has its own quotes doubled. */
function valuesOf(row: string, separator: string): readonly string[] {
  const values: string[] = [];
  let index = 0;
  do {
    if (row[index] === '"') {
      let end = row.indexOf('"', index + 1);
      while (end !== -1 && row[end + 1] === '"') end = row.indexOf('"', end + 2);
      const close = end === -1 ? row.length : end;
      values.push(row.slice(index + 1, close).replaceAll('""', '"'));
      index = indexOrEnd(row, separator, close + 1);
    } else {
      const end = indexOrEnd(row, separator, index);
      values.push(row.slice(index, end));
      index = end;
    }
    index += 1;
  } while (index <= row.length);
  return values;
}

function indexOrEnd(row: string, separator: string, from: number): number {
  const index = row.indexOf(separator, from);
  return index === -1 ? row.length : index;
}
