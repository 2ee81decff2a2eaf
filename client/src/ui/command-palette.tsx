import { Modal } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import classes from './command-palette.module.css';

export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
  readonly run: () => void;
}

const LABEL = 'Command, page, or text to look for';

/** A field and what it finds; arrow keys choose, Enter runs. Shown for as long as it is mounted. */
export function CommandPalette({
  query,
  onQuery,
  entries,
  onClose,
}: {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly entries: readonly PaletteEntry[];
  readonly onClose: () => void;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [wanted, setChosen] = useState(0);
  const chosen = Math.min(wanted, entries.length - 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen is kept in sight
  useEffect(
    () => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }),
    [chosen],
  );
  const run = (entry: PaletteEntry | undefined): void => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setChosen((chosen + step + entries.length) % entries.length);
    else if (event.key === 'Enter') run(entries[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      size={620}
      padding={0}
      attributes={{ content: { 'aria-label': 'Command palette' } }}
    >
      <input
        className={classes['field']}
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={entries[chosen] ? `${id}-${chosen}` : undefined}
        aria-label={LABEL}
        placeholder={LABEL}
        value={query}
        data-autofocus
        onChange={(event) => {
          setChosen(0);
          onQuery(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={id} className={classes['list']} role="listbox" aria-label="What is found">
        {entries.map((entry, index) => (
          <div
            key={entry.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onPointerMove={() => setChosen(index)}
            onClick={() => run(entry)}
            onKeyDown={() => undefined}
          >
            <span>{entry.label}</span>
            {entry.note ? <span className="dim">{entry.note}</span> : null}
          </div>
        ))}
      </div>
      {entries.length === 0 ? <p className={classes['none']}>Nothing matches</p> : null}
    </Modal>
  );
}
