import { useState } from 'react';
import { visibleText } from '#client/format/hostile.ts';
import type { KeptSearch } from '#client/stores/kept-searches.ts';
import { Button, IconButton } from '#client/ui/button.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { IconPencil, IconTrash } from '#client/ui/icons.ts';
import { showProblem } from '#client/ui/toast.tsx';
import menu from './menu.module.css';

/** A saved search: opens, takes another name, goes away. */
export function SavedRow({
  search,
  note,
  onChoose,
  onRename,
  onDelete,
}: {
  readonly search: KeptSearch;
  readonly note: string;
  readonly onChoose: () => void;
  /** Ends once it has the name. */
  readonly onRename: (name: string) => Promise<unknown>;
  readonly onDelete: () => void;
}) {
  const [name, setName] = useState<string | null>(null);
  if (name !== null) {
    return (
      <li>
        <form
          className={menu['row']}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() === '') setName(null);
            else onRename(name.trim()).then(() => setName(null), showProblem);
          }}
        >
          <TextField bare label={`New name of ${search.name}`} value={name} onChange={setName} />
          <Button type="submit">Rename</Button>
        </form>
      </li>
    );
  }
  return (
    <li>
      <button type="button" onClick={onChoose} title={visibleText(search.query)}>
        <span>{visibleText(search.name)}</span>
        <span className="dim">{note}</span>
      </button>
      <IconButton label={`Rename ${search.name}`} icon={IconPencil} onClick={() => setName(search.name)} />
      <IconButton label={`Delete ${search.name}`} icon={IconTrash} onClick={onDelete} />
    </li>
  );
}
