import { urlOf } from '#client/api/call.ts';
import { IconDownload } from '#client/ui/icons.ts';
import { MenuButton } from '#client/ui/menu-button.tsx';
import { MenuItems } from '#client/ui/menu-items.tsx';
import { EXPORT_PATH, MOST_EXPORTED } from '#shared/api/search.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import { type EventsSearch, queryOf } from './events-search.ts';

/** The result as a file, and how much of it that is. */
export function ExportMenu({
  search,
  columns,
  total,
}: {
  readonly search: EventsSearch;
  readonly columns: readonly string[];
  readonly total: number;
}) {
  const { language, from, to } = search;
  const isList = language === 'kql';
  const href = (format: 'csv' | 'ndjson'): string =>
    urlOf(EXPORT_PATH, {
      query: { language, query: queryOf(search), from, to, columns: isList ? columns : [], format },
    });
  return (
    <MenuButton label="Export" icon={IconDownload}>
      <MenuItems>
        <a href={href('csv')} download>
          CSV, {isList ? 'the columns shown' : 'all columns'}
        </a>
        <a href={href('ndjson')} download>
          NDJSON, {isList ? 'the records as they came' : 'an object a row'}
        </a>
        <p className="dim">
          {isList && total > MOST_EXPORTED
            ? `The newest ${formatCount(MOST_EXPORTED)} of ${formatCount(total)} events; the file's name says so.`
            : `${plural(total, isList ? 'event' : 'row')}.`}{' '}
          In CSV, an apostrophe stands before texts that a spreadsheet would take for formulas.
        </p>
      </MenuItems>
    </MenuButton>
  );
}
