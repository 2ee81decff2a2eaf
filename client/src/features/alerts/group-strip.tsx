import { useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { formatCount, plural } from '#client/format/number.ts';
import { SelectField } from '#client/ui/fields.tsx';
import { groupAlerts } from '#shared/api/alerts.ts';
import { listRules } from '#shared/api/rules.ts';
import classes from './queue.module.css';
import { filterOf, type GroupChoice, type QueueSearch } from './queue-search.ts';
import { toggled } from './toggled.ts';

const GROUPS: readonly { readonly value: GroupChoice; readonly label: string }[] = [
  { value: 'commandShape', label: 'By command shape' },
  { value: 'rule', label: 'By rule' },
  { value: 'host', label: 'By host' },
  { value: 'parentExecutable', label: 'By parent' },
  { value: 'user', label: 'By user' },
];
const SHOWN = 40;

/** The queue counted by one property; a group is also the filter for it. */
export function GroupStrip({
  search,
  onChange,
}: {
  readonly search: QueueSearch;
  readonly onChange: (change: Partial<QueueSearch>) => void;
}) {
  const { by } = search;
  const { [by]: _, ...others } = filterOf(search);
  const groups = useEndpoint(groupAlerts, { query: { ...others, by, limit: SHOWN } }, { keepPrevious: true });
  const rules = useEndpoint(listRules, {});
  const nameOf = (value: string): string =>
    by === 'rule' ? (rules.data?.rules.find(({ slug }) => slug === value)?.name ?? value) : visibleText(value);
  const total = groups.data?.total ?? 0;
  return (
    <div className={classes['groups']}>
      <SelectField
        bare
        label="Group by"
        width={168}
        value={by}
        options={GROUPS}
        onChange={(next) => next && onChange({ by: next })}
      />
      <ul className={classes['groupList']} aria-label={GROUPS.find(({ value }) => value === by)?.label}>
        {(groups.data?.groups ?? []).map(({ value, alerts, hosts }) => (
          <li key={value ?? '\u0000'}>
            <button
              type="button"
              className={classes['group']}
              aria-pressed={value !== null && search[by].includes(value)}
              disabled={value === null}
              title={`${value === null ? 'none' : nameOf(value)}: ${plural(alerts, 'alert')} on ${plural(hosts, 'host')}`}
              onClick={() => value !== null && onChange({ [by]: toggled(search[by], value) })}
            >
              <span data-mono={by !== 'rule'}>{value === null ? 'none' : nameOf(value)}</span>
              <b className={classes['groupCount']}>{formatCount(alerts)}</b>
            </button>
          </li>
        ))}
        {total > SHOWN ? <li className="dim">and {formatCount(total - SHOWN)} more</li> : null}
      </ul>
    </div>
  );
}
