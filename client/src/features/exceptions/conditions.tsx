import { Button } from '#client/ui/button.tsx';
import { IconPlus } from '#client/ui/icons.ts';
import { EntryRow } from './entry-row.tsx';
import type { Check } from './exception-check.tsx';
import classes from './exceptions.module.css';
import { type FormEntry, formEntry } from './form-values.ts';

/** The conditions of an exception, each with what it holds for by itself. */
export function Conditions({
  entries,
  held,
  errorAt,
  onChange,
}: {
  readonly entries: readonly FormEntry[];
  readonly held: Check['entries'] | undefined;
  readonly errorAt: (path: string) => string | null;
  readonly onChange: (entries: readonly FormEntry[]) => void;
}) {
  return (
    <fieldset className={classes['entries']}>
      <legend>Conditions, all of which must hold</legend>
      {entries.map((entry, index) => (
        <EntryRow
          key={entry.key}
          entry={entry}
          name={`condition ${index + 1}`}
          path={`entries.${index}`}
          errorAt={errorAt}
          held={held?.[index]}
          onChange={(next) => onChange(entries.map((one) => (one.key === entry.key ? next : one)))}
          onRemove={entries.length > 1 ? () => onChange(entries.filter((one) => one.key !== entry.key)) : null}
        />
      ))}
      <Button icon={IconPlus} onClick={() => onChange([...entries, formEntry()])}>
        Add a condition
      </Button>
    </fieldset>
  );
}
