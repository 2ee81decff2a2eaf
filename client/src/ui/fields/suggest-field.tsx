import { Autocomplete } from '@mantine/core';
import { type FieldProps, fieldProps, MONO } from './field-props.ts';

/** Free text with suggestions. */
export function SuggestField({
  value,
  suggestions,
  onChange,
  mono,
  ...field
}: FieldProps & {
  readonly value: string;
  readonly suggestions: readonly string[];
  readonly onChange: (value: string) => void;
  readonly mono?: boolean;
}) {
  return (
    <Autocomplete
      {...fieldProps(field)}
      value={value}
      data={[...new Set(suggestions)]}
      onChange={onChange}
      spellCheck={false}
      filter={({ options }) => options}
      comboboxProps={{ position: 'bottom-start', shadow: 'md' }}
      {...(mono ? { styles: { input: MONO, option: MONO } } : {})}
    />
  );
}
