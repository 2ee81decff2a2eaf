import { type Preferences, setPreference, usePreferences } from '#client/stores/preferences.ts';
import { Button, IconButton } from '#client/ui/button.tsx';
import { CheckField } from '#client/ui/fields/check-field.tsx';
import { Segmented } from '#client/ui/fields/segmented.tsx';
import { SwitchField } from '#client/ui/fields/switch-field.tsx';
import { IconArrowDown, IconArrowUp, IconColumns, IconMinus, IconPlus } from '#client/ui/icons.ts';
import { MenuButton } from '#client/ui/menu-button.tsx';
import menu from './menus.module.css';
import type { QueueColumn } from './queue-columns.tsx';

type Chosen = NonNullable<Preferences['queueColumns']>;

const STEP = 20;
const START = 140;

/** The columns in force with the widths that were chosen. */
const inForce = (all: readonly QueueColumn[], chosen: Preferences['queueColumns']): Chosen =>
  chosen ?? all.filter(({ usual }) => usual).map(({ id }) => ({ id, width: null }));

export function setColumnWidth(all: readonly QueueColumn[], id: string, width: number): void {
  const now = inForce(all, usePreferences.getState().queueColumns);
  setPreference(
    'queueColumns',
    now.map((column) => (column.id === id ? { id, width } : column)),
  );
}

/** Which columns the queue has, in which order, how wide; how dense its rows are. */
export function ColumnMenu({ all }: { readonly all: readonly QueueColumn[] }) {
  const { queueColumns, density, queueChart } = usePreferences();
  const chosen = inForce(all, queueColumns);
  const set = (next: Chosen): void => {
    if (next.length > 0) setPreference('queueColumns', next);
  };
  const move = (index: number, by: 1 | -1): void => {
    const next = [...chosen];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index + by, 0, moved);
    set(next);
  };
  const nameOf = (id: string): string => all.find((column) => column.id === id)?.header ?? id;
  return (
    <MenuButton label="Columns" icon={IconColumns} width={330}>
      <div className={menu['form']}>
        <ol className={menu['list']} aria-label="Columns shown">
          {chosen.map(({ id, width }, index) => (
            <li key={id}>
              <CheckField checked label={nameOf(id)} onChange={() => set(chosen.filter((other) => other.id !== id))} />
              <IconButton
                label={`Narrower: ${nameOf(id)}`}
                icon={IconMinus}
                onClick={() => setColumnWidth(all, id, Math.max(48, (width ?? START) - STEP))}
              />
              <IconButton
                label={`Wider: ${nameOf(id)}`}
                icon={IconPlus}
                onClick={() => setColumnWidth(all, id, (width ?? START) + STEP)}
              />
              <IconButton
                label={`Move ${nameOf(id)} forward`}
                icon={IconArrowUp}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              />
              <IconButton
                label={`Move ${nameOf(id)} back`}
                icon={IconArrowDown}
                disabled={index === chosen.length - 1}
                onClick={() => move(index, 1)}
              />
            </li>
          ))}
        </ol>
        <ul className={menu['list']} aria-label="Columns to add">
          {all
            .filter(({ id }) => !chosen.some((column) => column.id === id))
            .map(({ id, header }) => (
              <li key={id}>
                <CheckField checked={false} label={header} onChange={() => set([...chosen, { id, width: null }])} />
              </li>
            ))}
        </ul>
        <Segmented
          label="Rows"
          value={density}
          options={[
            { value: 'compact', label: 'Compact' },
            { value: 'comfortable', label: 'Comfortable' },
          ]}
          onChange={(next) => setPreference('density', next)}
        />
        <SwitchField label="Alerts over time" checked={queueChart} onChange={(on) => setPreference('queueChart', on)} />
        <Button look="quiet" onClick={() => setPreference('queueColumns', null)}>
          Back to the usual columns
        </Button>
      </div>
    </MenuButton>
  );
}
