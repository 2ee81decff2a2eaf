import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { prettyJson } from '#client/format/pretty-json.ts';
import { IconButton } from '#client/ui/button.tsx';
import { CodeBlock } from '#client/ui/code-block.tsx';
import { Segmented } from '#client/ui/fields/segmented.tsx';
import { IconX } from '#client/ui/icons.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { getEvent } from '#shared/api/events.ts';
import { CopyRow } from './copy-row.tsx';
import classes from './event-detail.module.css';
import type { EventsSearch } from './events-search.ts';
import { FieldTable } from './field-table.tsx';
import { type FilterValue, fieldFilter } from './filters.ts';

const byName = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  left.localeCompare(right, 'en');

interface DetailProps {
  readonly id: string;
  readonly view: EventsSearch['view'];
  readonly columns: readonly string[];
  /** The process tree of an event. */
  readonly tree: (id: string) => ReactNode;
  readonly onView: (view: EventsSearch['view']) => void;
  readonly onFilter: (filter: FilterValue, include: boolean) => void;
  readonly onToggleColumn: (field: string) => void;
  readonly onClose: () => void;
}

const VIEWS = [
  { value: 'fields', label: 'Fields' },
  { value: 'record', label: 'Record' },
  { value: 'tree', label: 'Tree' },
] as const;

/** One event: its fields as queries see them, the record as it came, the processes around it. */
export function EventDetail({ id, view, columns, tree, onView, onFilter, onToggleColumn, onClose }: DetailProps) {
  const query = useEndpoint(getEvent, { params: { id } }, { keepPrevious: true });
  const { fields = {}, document = '' } = query.data ?? {};
  const filtersOf = (name: string): readonly FilterValue[] =>
    (fields[name] ?? []).map((text, _, { length }) => fieldFilter(name, text, length > 1));
  return (
    <section className={classes['detail']} aria-label="Event">
      <header className={classes['header']}>
        <h2>
          Event <code>{id}</code>
        </h2>
        <Link to="/explain" search={{ event: id }}>
          Why did it not alert?
        </Link>
        <CopyRow row={columns.map((name) => ({ name, filters: filtersOf(name) }))} json={prettyJson(document)} />
        <Segmented label="Show the event as" value={view} options={VIEWS} onChange={onView} />
        <IconButton label="Close the event" icon={IconX} onClick={onClose} />
      </header>
      {view === 'tree' ? (
        <div className={classes['tree']}>{tree(id)}</div>
      ) : (
        <QueryView query={query}>
          {() =>
            view === 'record' ? (
              <CodeBlock label="Record as it came" text={prettyJson(document)} tall />
            ) : (
              <FieldTable
                label="Fields of the event"
                shown={columns}
                onToggle={onToggleColumn}
                rows={Object.entries(fields)
                  .toSorted(byName)
                  .map(([name, values]) => ({
                    name,
                    values,
                    onFilter: (text, include) => onFilter(fieldFilter(name, text, values.length > 1), include),
                  }))}
              />
            )
          }
        </QueryView>
      )}
    </section>
  );
}
