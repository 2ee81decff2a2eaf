import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { type AskedQuery, type KeptSearch, rememberQuery } from '#client/stores/kept-searches.ts';
import { setPreference, usePreferences } from '#client/stores/preferences.ts';
import { Page } from '#client/ui/page.tsx';
import { Split } from '#client/ui/split.tsx';
import type { SearchRow } from '#shared/api/search.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { EventDetail } from './event-detail.tsx';
import classes from './events.module.css';
import { EventsHistogram } from './events-histogram.tsx';
import { type EventsSearch, queryOf } from './events-search.ts';
import { ExportMenu } from './export-menu.tsx';
import { type FilterValue, narrowed } from './filters.ts';
import { QueryBar } from './query-bar.tsx';
import { RecentQueries } from './recent-queries.tsx';
import { ResultCount, ResultNotes } from './result-notes.tsx';
import { Results } from './results.tsx';
import { RowDetail } from './row-detail.tsx';
import { SavedSearches } from './saved-searches.tsx';
import { useSearchBlocks } from './use-search-blocks.ts';

const route = getRouteApi('/events');

/** All stored events, searched with KQL or ES|QL. `tree` draws the processes around an event. */
export function EventsPage({ tree }: { readonly tree: (eventId: string) => ReactNode }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const liked = usePreferences((store) => store.eventColumns);
  const share = usePreferences((store) => store.detailShare);
  const columns = search.columns.length > 0 ? search.columns : liked;
  const found = useSearchBlocks(search, columns);
  /** A row that is no event: a link cannot carry it. */
  const [madeRow, setMadeRow] = useState<SearchRow | null>(null);
  const { answer } = found;

  const change = (next: Partial<EventsSearch>, replace = true): void =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace });
  const ask = (query: string): void => {
    const asked = query.trim();
    rememberQuery({ language: search.language, query: asked });
    setMadeRow(null);
    if (asked === queryOf(search)) found.retry();
    change({ ...(search.language === 'kql' ? { kql: asked } : { esql: asked }), open: undefined }, false);
  };
  const choose = ({ language, query }: AskedQuery, more: Partial<EventsSearch> = {}): void => {
    setMadeRow(null);
    change({ language, ...(language === 'kql' ? { kql: query } : { esql: query }), ...more, open: undefined }, false);
  };
  const chooseSaved = (saved: KeptSearch): void =>
    choose(saved, { columns: [...saved.columns], from: saved.from ?? undefined, to: saved.to ?? undefined });
  const chooseColumns = (next: readonly string[]): void => {
    setPreference('eventColumns', [...next]);
    change({ columns: [...next] });
  };
  const filter = (value: FilterValue, include: boolean): void => change(narrowed(search, value, include), false);
  const openRow = (row: SearchRow): void => {
    setMadeRow(row.id === null ? row : null);
    change({ open: row.id ?? undefined });
  };

  return (
    <Page
      title="Events"
      fill
      note={answer ? <ResultCount search={search} answer={answer} /> : null}
      actions={
        <>
          <RecentQueries onChoose={choose} />
          <SavedSearches
            current={{
              language: search.language,
              query: queryOf(search),
              columns: search.language === 'kql' ? [...columns] : [],
              from: search.from ?? null,
              to: search.to ?? null,
            }}
            onChoose={chooseSaved}
          />
          {search.language === 'kql' ? <ColumnChooser columns={columns} onChange={chooseColumns} /> : null}
          <ExportMenu search={search} columns={columns} total={answer?.total ?? 0} />
        </>
      }
    >
      <QueryBar search={search} onChange={change} onAsk={ask} searching={found.searching} onCancel={found.cancel} />
      {answer ? <ResultNotes answer={answer} /> : null}
      {answer || found.waiting ? (
        <EventsHistogram
          buckets={answer?.histogram ?? []}
          bucketMs={answer?.bucketMs ?? 0}
          onChoose={(from, to) => change({ from, to }, false)}
        />
      ) : null}
      <div className={classes['work']} data-stale={found.stale}>
        <Split
          share={share}
          onShare={(next) => setPreference('detailShare', next)}
          first={
            <div className={classes['list']}>
              <Results
                search={search}
                found={found}
                open={search.open !== undefined || madeRow !== null}
                onOpen={openRow}
                onAsk={ask}
                onClear={() => change({ kql: '', esql: '', from: undefined, to: undefined }, false)}
              />
            </div>
          }
          second={
            search.open ? (
              <div className={classes['detail']}>
                <EventDetail
                  id={search.open}
                  view={search.view}
                  columns={columns}
                  tree={tree}
                  onView={(view) => change({ view })}
                  onFilter={filter}
                  onToggleColumn={(field) =>
                    chooseColumns(
                      columns.includes(field) ? columns.filter((other) => other !== field) : [...columns, field],
                    )
                  }
                  onClose={() => change({ open: undefined })}
                />
              </div>
            ) : madeRow && answer ? (
              <div className={classes['detail']}>
                <RowDetail columns={answer.columns} row={madeRow} onFilter={filter} onClose={() => setMadeRow(null)} />
              </div>
            ) : null
          }
        />
      </div>
    </Page>
  );
}
