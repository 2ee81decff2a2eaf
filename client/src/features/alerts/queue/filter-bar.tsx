import type { ReactNode, RefObject } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { VERDICT_WORDS } from '#client/format/words.ts';
import { Button } from '#client/ui/button.tsx';
import { IconFilterOff } from '#client/ui/icons.ts';
import { Toolbar } from '#client/ui/page.tsx';
import { PickFilter } from '#client/ui/pick-filter.tsx';
import { SearchField } from '#client/ui/search-field.tsx';
import { TimeRange } from '#client/ui/time-range.tsx';
import { type Verdict, verdictSchema } from '#shared/alert/alert.ts';
import { groupAlerts } from '#shared/api/alerts.ts';
import { plural } from '#shared/base/counts.ts';
import { clearedFilter, filterOf, isNarrowed, type QueueSearch } from '../queue-search.ts';
import classes from './queue.module.css';

const VERDICTS = verdictSchema.options.map((value) => ({ value, label: VERDICT_WORDS[value] }));
const isVerdict = (value: string): value is Verdict => verdictSchema.safeParse(value).success;

export function FilterBar({
  search,
  total,
  failed,
  onChange,
  textBox,
  children,
}: {
  readonly search: QueueSearch;
  /** Null until it is read. */
  readonly total: number | null;
  readonly failed: boolean;
  readonly onChange: (change: Partial<QueueSearch>) => void;
  readonly textBox: RefObject<HTMLInputElement | null>;
  /** How the queue is shown: groups, columns, views. */
  readonly children: ReactNode;
}) {
  return (
    <div className={classes['filters']}>
      <Toolbar label="Filters">
        <SearchField
          label="Filter by text"
          placeholder="Command, parent, host, user"
          value={search.text}
          inputRef={textBox}
          onChange={(text) => onChange({ text })}
        />
        <FieldFilter search={search} by="host" label="Host" onChange={onChange} />
        <FieldFilter search={search} by="user" label="User" onChange={onChange} />
        <FieldFilter search={search} by="tag" label="Tag" onChange={onChange} />
        <PickFilter
          label="Verdict"
          useOptions={() => VERDICTS}
          nameOf={(value) => (isVerdict(value) ? VERDICT_WORDS[value] : value)}
          value={search.verdict}
          onChange={(verdict) => onChange({ verdict: verdict.filter(isVerdict) })}
        />
        <TimeRange value={{ from: search.from, to: search.to }} onChange={({ from, to }) => onChange({ from, to })} />
        {isNarrowed(search) ? (
          <Button look="quiet" icon={IconFilterOff} onClick={() => onChange(clearedFilter)}>
            Clear
          </Button>
        ) : null}
      </Toolbar>
      <Toolbar label="What is shown">{children}</Toolbar>
      <span className="dim" role="status">
        {total !== null ? plural(total, 'alert') : failed ? 'not read' : 'reading …'}
      </span>
    </div>
  );
}

function FieldFilter({
  search,
  by,
  label,
  onChange,
}: {
  readonly search: QueueSearch;
  readonly by: 'host' | 'user' | 'tag';
  readonly label: string;
  readonly onChange: (change: Partial<QueueSearch>) => void;
}) {
  const { [by]: _, ...others } = filterOf(search);
  const useOptions = () =>
    useEndpoint(groupAlerts, { query: { ...others, by } }, { keepPrevious: true }).data?.groups.flatMap(
      ({ value, alerts }) => (value === null ? [] : [{ value, label: value, count: alerts }]),
    );
  return (
    <PickFilter
      label={label}
      useOptions={useOptions}
      value={search[by]}
      onChange={(value) => onChange({ [by]: value })}
    />
  );
}
