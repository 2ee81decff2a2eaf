import { useMemo, useState } from 'react';
import { useListKeys } from '#client/stores/shortcuts/use-list-keys.ts';
import { Button } from '#client/ui/button.tsx';
import { Grid } from '#client/ui/grid/grid.tsx';
import { IconListSearch } from '#client/ui/icons.ts';
import { Empty, Failure, SkeletonRows } from '#client/ui/states.tsx';
import { DEEPEST_ROW, MOST_ROWS, type SearchRow } from '#shared/api/search.ts';
import { EventsEmpty } from './events-empty.tsx';
import type { EventsSearch } from './events-search.ts';
import { ExampleQueries } from './example-queries.tsx';
import { resultColumns } from './result-columns.tsx';
import type { useSearchBlocks } from './use-search-blocks.ts';

/** How many rows can be looked at. */
export const rowsShown = (search: EventsSearch, total: number): number =>
  Math.min(total, search.language === 'kql' ? DEEPEST_ROW : MOST_ROWS);

/** The list below the query: rows, or which kind of nothing there is. */
export function Results({
  search,
  found,
  open,
  onOpen,
  onAsk,
  onClear,
}: {
  readonly search: EventsSearch;
  readonly found: ReturnType<typeof useSearchBlocks>;
  /** Whether a row's detail is shown: then it follows the cursor. */
  readonly open: boolean;
  readonly onOpen: (row: SearchRow) => void;
  /** Asks another query in the language shown. */
  readonly onAsk: (query: string) => void;
  readonly onClear: () => void;
}) {
  const { answer, waiting, cancelled, error, retry, rowAt, onRange } = found;
  const [cursor, setCursor] = useState(-1);
  const columns = useMemo(() => resultColumns(answer?.columns ?? []), [answer?.columns]);
  const openAt = (index: number): void => {
    const row = rowAt(index);
    setCursor(index);
    if (row) onOpen(row);
  };
  const go = open ? openAt : setCursor;
  const count = rowsShown(search, answer?.total ?? 0);
  useListKeys(
    'event',
    { move: (by) => go(Math.max(0, Math.min(count - 1, cursor + by))), open: () => openAt(cursor) },
    count > 0,
  );
  if (error) return <Failure error={error} retry={retry} />;
  if (cancelled) {
    return (
      <Empty title="Cancelled" icon={IconListSearch} action={<Button onClick={retry}>Search again</Button>}>
        The search was ended before it had an answer.
      </Empty>
    );
  }
  if (waiting) return <SkeletonRows rows={18} />;
  if (!answer) return <ExampleQueries onChoose={onAsk} />;
  if (answer.total === 0) return <EventsEmpty onClear={onClear} />;
  return (
    <Grid<SearchRow>
      label={search.language === 'kql' ? 'Events' : 'Rows'}
      columns={columns}
      count={count}
      rowAt={rowAt}
      rowId={(row) => row.id ?? `row ${JSON.stringify(row.cells).slice(0, 400)}`}
      active={cursor}
      onActive={go}
      onOpen={openAt}
      onRange={onRange}
    />
  );
}
