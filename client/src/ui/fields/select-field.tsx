import { Select } from '@mantine/core';
import { type FieldProps, fieldProps } from './field-props.ts';

export function SelectField<Value extends string>({
  value,
  options,
  onChange,
  searchable,
  clearable,
  ...field
}: FieldProps & {
  readonly value: Value | null;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value | null) => void;
  readonly searchable?: boolean;
  readonly clearable?: boolean;
}) {
  return (
    <Select
      {...fieldProps(field)}
      data={[...options]}
      value={value}
      onChange={(next) => onChange(options.find((option) => option.value === next)?.value ?? null)}
      searchable={searchable ?? false}
      clearable={clearable ?? false}
      allowDeselect={clearable ?? false}
      checkIconPosition="right"
      comboboxProps={{ width: 'max-content', position: 'bottom-start', shadow: 'md' }}
      {...(clearable ? { clearButtonProps: { 'aria-label': `Clear ${field.label}` } } : {})}
    />
  );
}
