import { formatInstant, parseInstant } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { type CsvReader, csvReader } from './csv.ts';
import { type Mapped, type Mapping, rejected, skipped } from './mapping.ts';

const SEPARATORS = [',', ';', '\t'] as const;

/** The columns of a header line that has `@timestamp`; undefined for any other line. */
function headerOf(line: string): { readonly columns: readonly string[]; readonly separator: string } | undefined {
  const text = line.replace(/^\ufeff/, '');
  if (text.startsWith('{') || !text.includes('@timestamp')) return undefined;
  for (const separator of SEPARATORS) {
    const columns = csvReader(separator).push(text) ?? [];
    if (columns.length > 1 && columns.includes('@timestamp') && columns.every((name) => /^[\w@.-]+$/.test(name))) {
      return { columns, separator };
    }
  }
  return undefined;
}

/** Kibana's CSV export of a table of documents: a column a field, values as they are shown. */
export const kibanaCsv: Mapping = {
  name: 'kibana-csv',
  title: 'Kibana CSV',
  isWhole: true,
  recognise: ([first]) => (first !== undefined && headerOf(first) ? 1 : 0),
  open() {
    let reader: CsvReader | undefined;
    let columns: readonly string[] = [];
    let begun = { line: 0, text: '' };

    function push(line: string, number: number): readonly Mapped[] {
      if (!reader) {
        const header = headerOf(line);
        if (!header) return [rejected(number, 'not the header of a Kibana CSV export', line)];
        ({ columns } = header);
        reader = csvReader(header.separator);
        return [skipped(number, 'header')];
      }
      begun = reader.isOpen()
        ? { ...begun, text: `${begun.text}\n${line}`.slice(0, 65_536) }
        : { line: number, text: line };
      const values = reader.push(line);
      return values ? [documentOf(columns, values, begun)] : [];
    }

    return {
      push,
      end() {
        if (!reader?.isOpen()) return [];
        reader.reset();
        return [rejected(begun.line, 'a quoted value is not closed', begun.text)];
      },
      unknownParents: () => 0,
    };
  },
};

function documentOf(
  columns: readonly string[],
  values: readonly string[],
  { line, text }: { line: number; text: string },
): Mapped {
  if (values.length !== columns.length) {
    return rejected(line, `${values.length} values under ${columns.length} columns`, text);
  }
  const cells = new Map<string, string>();
  columns.forEach((name, index) => {
    const value = unescaped(values[index] ?? '');
    if (!isEmpty(value) && !name.startsWith('_')) cells.set(name, value);
  });
  const document: Record<string, unknown> = {};
  for (const [name, cell] of cells) {
    const value = cellValue(name, cell, cells);
    if (value !== undefined) document[name] = value;
  }
  if (typeof document['@timestamp'] !== 'string') return rejected(line, '@timestamp is not a date', text);
  return { kind: 'event', line, text: JSON.stringify(document) };
}

/** With `escapeFormulaValues`, Kibana puts an apostrophe before what a spreadsheet would take for a formula. */
const unescaped = (value: string): string => (/^'[=+@-]/.test(value) ? value.slice(1) : value);

/** How Kibana shows that there is nothing. */
const isEmpty = (value: string): boolean => value === '' || value === '-' || value === '(null)' || value === '(empty)';

/** Words without a comma of their own, so a list of them can be told from one value. */
const WORD_LISTS: ReadonlySet<string> = new Set(['event.category', 'event.type', 'event.action']);

function cellValue(name: string, cell: string, cells: ReadonlyMap<string, string>): unknown {
  const field = ECS_PROCESS.find(name);
  if (field?.type === 'date') return dateOf(cell);
  if (field?.type === 'long') return cell.replaceAll(/(?<=\d)[,.\u00a0\u202f](?=\d{3}(?:\D|$))/g, '');
  if (WORD_LISTS.has(name)) return listOf(cell);
  if (field?.many !== true) return cell;
  const list = listOf(cell);
  const count = cells.get(`${name}_count`);
  // Arguments hold commas: a list is believed only where its length is known.
  return !name.endsWith('args') || cell.startsWith('[') || count === String(list.length) ? list : undefined;
}

/** Kibana joins values with a comma; older exports write JSON. */
function listOf(cell: string): readonly unknown[] {
  if (cell.startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(cell);
      if (Array.isArray(parsed)) return parsed;
    } catch {
      return [cell];
    }
  }
  return cell.split(', ');
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const SHOWN = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) @ (\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)$/;

/** ISO 8601, epoch milliseconds, or Kibana's own form, which names no zone and is read as UTC. */
function dateOf(cell: string): string | undefined {
  if (/^\d{12,14}$/.test(cell)) return formatInstant(Number(cell));
  const [, month = '', day = '', year = '', time = ''] = SHOWN.exec(cell) ?? [];
  if (time === '') return parseInstant(cell) === null ? undefined : cell;
  const number = String(MONTHS.indexOf(month) + 1).padStart(2, '0');
  const text = `${year}-${number}-${day.padStart(2, '0')}T${time}Z`;
  return parseInstant(text) === null ? undefined : text;
}
