import { useRef, useState } from 'react';
import { useShortcuts } from '#client/stores/shortcuts/use-shortcuts.ts';
import { Button } from '#client/ui/button.tsx';
import { TextField } from '#client/ui/fields.tsx';
import { IconSearch } from '#client/ui/icons.ts';
import classes from './events.module.css';

/** The query, asked on Enter: half a query would only be wrong. */
export function KqlBox({ value, onSearch }: { readonly value: string; readonly onSearch: (kql: string) => void }) {
  const [typed, setTyped] = useState(value);
  const box = useRef<HTMLInputElement>(null);
  useShortcuts([{ keys: '/', label: 'To the query', group: 'View', run: () => box.current?.focus() }]);
  return (
    <search>
      <form
        className={classes['kql']}
        onSubmit={(event) => {
          event.preventDefault();
          onSearch(typed.trim());
        }}
      >
        <TextField
          bare
          mono
          label="KQL query"
          placeholder="KQL, for example process.parent.name: nginx and process.command_line: *curl*"
          value={typed}
          onChange={setTyped}
          inputRef={box}
          icon={<IconSearch size={14} />}
        />
        <Button look="primary" type="submit">
          Search
        </Button>
      </form>
    </search>
  );
}
