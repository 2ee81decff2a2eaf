import { useState } from 'react';
import { EVENT_COLUMNS } from '#client/stores/preferences.ts';
import { Button, IconButton } from '#client/ui/button.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { IconArrowDown, IconArrowUp, IconColumns, IconX } from '#client/ui/icons.ts';
import { MenuButton } from '#client/ui/menu-button.tsx';
import { MOST_COLUMNS } from '#shared/api/search.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { matchRank } from '#shared/lang/completion.ts';
import classes from './events.module.css';
import menu from './menu.module.css';

interface ChooserProps {
  readonly columns: readonly string[];
  readonly onChange: (columns: readonly string[]) => void;
}

/** Which fields a list of events shows, and in which order. */
export function ColumnChooser({ columns, onChange }: ChooserProps) {
  const move = (index: number, by: 1 | -1): void => {
    const next = [...columns];
    const [moved] = next.splice(index, 1);
    if (moved !== undefined) next.splice(index + by, 0, moved);
    onChange(next);
  };
  return (
    <MenuButton label="Columns" icon={IconColumns} width={360}>
      <ol className={classes['columns']} aria-label="Columns shown">
        {columns.map((name, index) => (
          <li key={name}>
            <code>{name}</code>
            <IconButton
              label={`Move ${name} forward`}
              icon={IconArrowUp}
              disabled={index === 0}
              onClick={() => move(index, -1)}
            />
            <IconButton
              label={`Move ${name} back`}
              icon={IconArrowDown}
              disabled={index === columns.length - 1}
              onClick={() => move(index, 1)}
            />
            <IconButton
              label={`Remove ${name}`}
              icon={IconX}
              disabled={columns.length === 1}
              onClick={() => onChange(columns.filter((other) => other !== name))}
            />
          </li>
        ))}
      </ol>
      {columns.length < MOST_COLUMNS ? <FieldFinder columns={columns} onChange={onChange} /> : null}
      <Button look="quiet" onClick={() => onChange(EVENT_COLUMNS)}>
        Back to the usual columns
      </Button>
    </MenuButton>
  );
}

function FieldFinder({ columns, onChange }: ChooserProps) {
  const [words, setWords] = useState('');
  const found = ECS_PROCESS.fields.filter(
    ({ name }) => !columns.includes(name) && (words === '' || matchRank(words, name) !== null),
  );
  return (
    <>
      <TextField label="Add a field" placeholder="Find a field" value={words} onChange={setWords} />
      <ul className={menu['list']} aria-label="Fields to add">
        {found.map(({ name, type }) => (
          <li key={name}>
            <button type="button" onClick={() => onChange([...columns, name])}>
              <code>{name}</code>
              <span className="dim">{type}</span>
            </button>
          </li>
        ))}
        {found.length === 0 ? <li className="dim">No field of that name</li> : null}
      </ul>
    </>
  );
}
