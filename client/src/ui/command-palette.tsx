import '@mantine/spotlight/styles.layer.css';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { useEffect } from 'react';
import { IconSearch } from './icons.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
  readonly run: () => void;
}

const LABEL = 'Command, page, or text to look for';
/** Handed on to the scrolling box inside, which has to be reachable by keyboard; the list's own types do not say so. */
const reachable = { viewportProps: { tabIndex: 0 } };
const [store, actions] = createSpotlight();

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
  useEffect(() => actions.open(), []);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={onQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight={440}
      overlayProps={{ blur: 0, backgroundOpacity: 0.5 }}
      attributes={{ content: { 'aria-label': 'Command palette' } }}
      size={620}
      transitionProps={{ duration: 80 }}
    >
      <Spotlight.Search placeholder={LABEL} aria-label={LABEL} leftSection={<IconSearch size={16} />} />
      <Spotlight.ActionsList {...reachable}>
        {entries.map(({ id, label, note, run }) => (
          <Spotlight.Action
            key={id}
            label={label}
            rightSection={note ? <span className="dim">{note}</span> : undefined}
            onClick={run}
          />
        ))}
        {entries.length === 0 ? <Spotlight.Empty>Nothing matches</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
