import { useDebouncedCallback } from '@mantine/hooks';
import { type Ref, useEffect, useState } from 'react';
import { TextField } from './fields.tsx';
import { IconSearch } from './icons.ts';

const PAUSE_MS = 250;

/** A text filter that takes effect when typing pauses; Escape leaves the field. */
export function SearchField({
  label,
  value,
  placeholder,
  onChange,
  inputRef,
  width = 250,
}: {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly onChange: (value: string) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly width?: number;
}) {
  const [typed, setTyped] = useState(value);
  const settle = useDebouncedCallback(onChange, PAUSE_MS);
  useEffect(() => setTyped(value), [value]);
  return (
    <TextField
      bare
      type="search"
      label={label}
      placeholder={placeholder}
      value={typed}
      width={width}
      icon={<IconSearch size={14} />}
      {...(inputRef ? { inputRef } : {})}
      onChange={(next) => {
        setTyped(next);
        settle(next);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
        if (event.key === 'Enter') onChange(typed);
      }}
    />
  );
}
