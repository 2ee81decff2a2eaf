import { useRef, useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { useShortcuts } from '#client/stores/shortcuts/use-shortcuts.ts';
import { Button } from '#client/ui/button.tsx';
import { Segmented } from '#client/ui/fields/segmented.tsx';
import { NothingFound } from '#client/ui/nothing.tsx';
import { Panel, Toolbar } from '#client/ui/page.tsx';
import { PickFilter } from '#client/ui/pick-filter.tsx';
import { SearchField } from '#client/ui/search-field.tsx';
import { listRules } from '#shared/api/rules.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import type { Listed } from './change-dialog.tsx';
import { type ExceptionFilter, filterExceptions } from './exception-filter.ts';
import { ExceptionRow } from './exception-row.tsx';
import classes from './exceptions.module.css';
import { type ShownState, STATES } from './exceptions-search.ts';

const STATE_WORDS: Readonly<Record<ShownState, string>> = {
  any: 'All',
  applied: 'Applied',
  off: 'Switched off',
  expired: 'Expired',
};
/** Drawn at once; more when asked for. */
const BLOCK = 100;

/** The exceptions there are, narrowed by words, state and rule. */
export function ExceptionList({
  exceptions,
  filter,
  onFilter,
  onEdit,
}: {
  readonly exceptions: readonly Listed[];
  readonly filter: ExceptionFilter;
  readonly onFilter: (change: Partial<ExceptionFilter>) => void;
  readonly onEdit: (id: string) => void;
}) {
  const [most, setMost] = useState(BLOCK);
  const textBox = useRef<HTMLInputElement>(null);
  const names = new Map(useEndpoint(listRules, {}).data?.rules.map(({ slug, name }) => [slug, name]));
  const nameOf = (slug: string): string => names.get(slug) ?? slug;
  const found = filterExceptions(exceptions, filter);
  const shown = found.slice(0, most);
  const all = plural(exceptions.length, 'exception');
  useShortcuts([{ keys: '/', label: 'Filter by text', group: 'View', run: () => textBox.current?.focus() }]);
  return (
    <Panel title={found.length === exceptions.length ? all : `${formatCount(found.length)} of ${all}`} flush>
      <div className={classes['filters']}>
        <Toolbar label="Filters">
          <SearchField
            label="Filter by text"
            placeholder="Name, condition, reason, tag"
            value={filter.text}
            inputRef={textBox}
            onChange={(text) => onFilter({ text })}
          />
          <Segmented
            label="State"
            value={filter.state}
            options={STATES.map((value) => ({ value, label: STATE_WORDS[value] }))}
            onChange={(state) => onFilter({ state })}
          />
          <PickFilter
            label="Rule"
            value={filter.rules}
            nameOf={nameOf}
            useOptions={() => optionsOf(exceptions, nameOf)}
            onChange={(rules) => onFilter({ rules })}
          />
        </Toolbar>
      </div>
      {found.length === 0 ? (
        <NothingFound
          title="No exception matches the filter"
          clear="Clear the filter"
          onClear={() => onFilter({ text: '', state: 'any', rules: [] })}
        />
      ) : null}
      <ul className={classes['list']} aria-label="Exceptions">
        {shown.map((exception) => (
          <ExceptionRow key={exception.id} exception={exception} onEdit={() => onEdit(exception.id)} />
        ))}
      </ul>
      {found.length > shown.length ? (
        <div className={classes['more']}>
          <Button onClick={() => setMost(most + BLOCK)}>
            Show more: {formatCount(found.length - shown.length)} are left
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}

/** The rules that have exceptions, with how many, the most first. */
function optionsOf(exceptions: readonly Listed[], nameOf: (slug: string) => string) {
  const counts = new Map<string, number>();
  for (const rule of exceptions.flatMap(({ rules }) => rules)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, label: nameOf(value), count }))
    .sort((left, right) => right.count - left.count);
}
