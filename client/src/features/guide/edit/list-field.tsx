import { useState } from 'react';
import { TextField } from '#client/ui/fields/text-field.tsx';

/** Names with commas between them, as they are typed. */
export function ListField({
  value,
  onChange,
  ...field
}: {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
}) {
  const [text, setText] = useState(() => value.join(', '));
  return (
    <TextField
      {...field}
      mono
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(namesIn(next));
      }}
    />
  );
}

const namesIn = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
