import { useDebouncedCallback } from '@mantine/hooks';
import { type Ref, useState } from 'react';
import { TextField } from './fields/text-field.tsx';
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
  /** Null while nobody types: then the value shows. */
  const [typed, setTyped] = useState<string | null>(null);
  const settle = useDebouncedCallback(onChange, PAUSE_MS);
  return (
    <TextField
      bare
      type="search"
      label={label}
      placeholder={placeholder}
      value={typed ?? value}
      width={width}
      icon={<IconSearch size={14} />}
      {...(inputRef ? { inputRef } : {})}
      onChange={(next) => {
        setTyped(next);
        settle(next);
      }}
      onFocus={() => setTyped(value)}
      onBlur={() => {
        settle.cancel();
        if (typed !== null && typed !== value) onChange(typed);
        setTyped(null);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
        if (event.key === 'Enter') onChange(event.currentTarget.value);
      }}
    />
  );
}
