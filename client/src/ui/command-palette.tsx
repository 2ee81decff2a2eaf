import '@mantine/spotlight/styles.layer.css';
import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from './icons.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
  readonly run: () => void;
}

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
  return (
    <Spotlight.Root
      forceOpened
      query={query}
      onQueryChange={onQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight={420}
      size={620}
      transitionProps={{ duration: 80 }}
    >
      <Spotlight.Search
        placeholder="Command, page, or text to look for"
        aria-label="Command, page, or text to look for"
        leftSection={<IconSearch size={16} />}
      />
      <Spotlight.ActionsList>
        {entries.map(({ id, label, note, run }) => (
          <Spotlight.Action
            key={id}
            label={label}
            rightSection={note ? <span className="dim">{note}</span> : undefined}
            onClick={() => {
              onClose();
              run();
            }}
          />
        ))}
        {entries.length === 0 ? <Spotlight.Empty>Nothing matches</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
