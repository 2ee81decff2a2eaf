import { Button, IconButton } from '#client/ui/button.tsx';
import { Segmented } from '#client/ui/fields/segmented.tsx';
import { SelectField } from '#client/ui/fields/select-field.tsx';
import { IconTable, IconX } from '#client/ui/icons.ts';
import { MenuButton } from '#client/ui/menu-button.tsx';
import { ALERT_FIELDS, type AlertField } from '#shared/api/alert-filter.ts';
import type { QueueSearch } from '../queue-search.ts';
import { FIELD_WORDS } from './field-words.ts';
import menu from './menus.module.css';

const LEVELS = [0, 1] as const;
const ORDERS = [
  { value: 'most', label: 'Most alerts' },
  { value: 'rarest', label: 'Fewest hosts' },
  { value: 'latest', label: 'Latest' },
] as const;

/** By which properties the rows are grouped. */
export function GroupMenu({
  search,
  onChange,
}: {
  readonly search: QueueSearch;
  readonly onChange: (change: Partial<QueueSearch>) => void;
}) {
  const { group } = search;
  const set = (level: number, field: AlertField | null): void => {
    const next = [...group];
    if (field === null) next.splice(level, 1);
    else next[level] = field;
    onChange({ group: [...new Set(next)], unfolded: [] });
  };
  const words = group.map((field) => FIELD_WORDS[field].toLowerCase()).join(', ');
  return (
    <MenuButton label={group.length === 0 ? 'Group' : `By ${words}`} icon={IconTable} width={300}>
      <div className={menu['form']}>
        {LEVELS.filter((level) => level <= group.length).map((level) => (
          <div key={level} className={menu['row']}>
            <SelectField
              label={level === 0 ? 'Group rows by' : 'and within by'}
              value={group[level] ?? null}
              placeholder="no grouping"
              options={ALERT_FIELDS.filter((field) => !group.includes(field) || field === group[level]).map(
                (value) => ({
                  value,
                  label: FIELD_WORDS[value],
                }),
              )}
              onChange={(field) => set(level, field)}
            />
            {group[level] ? (
              <IconButton
                label={`No ${FIELD_WORDS[group[level]].toLowerCase()} groups`}
                icon={IconX}
                onClick={() => set(level, null)}
              />
            ) : null}
          </div>
        ))}
        {group.length > 0 ? (
          <>
            <Segmented
              label="Which groups come first"
              value={search.groupOrder}
              options={ORDERS}
              onChange={(groupOrder) => onChange({ groupOrder })}
            />
            <Button look="quiet" onClick={() => onChange({ group: [], unfolded: [] })}>
              No groups
            </Button>
          </>
        ) : null}
      </div>
    </MenuButton>
  );
}
