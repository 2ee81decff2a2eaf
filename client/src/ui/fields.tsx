import {
  Autocomplete,
  Checkbox,
  Radio,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { type KeyboardEvent, type ReactNode, type Ref, useState } from 'react';

interface FieldProps {
  readonly label: string;
  /** The label is read but not drawn: for toolbars. */
  readonly bare?: boolean;
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly width?: number | string;
}

function shared({ label, bare, hint, error, required, disabled, placeholder, width }: FieldProps) {
  return {
    ...(bare ? { 'aria-label': label } : { label }),
    ...(hint === undefined ? {} : { description: hint }),
    ...(width === undefined ? {} : { w: width }),
    error: error ?? null,
    withAsterisk: required ?? false,
    disabled: disabled ?? false,
    placeholder: placeholder ?? '',
  };
}

export function TextField({
  value,
  onChange,
  onFocus,
  onBlur,
  onKeyDown,
  mono,
  icon,
  type = 'text',
  inputRef,
  ...field
}: FieldProps & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onFocus?: () => void;
  readonly onBlur?: () => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly mono?: boolean;
  readonly icon?: ReactNode;
  readonly type?: 'text' | 'search' | 'datetime-local' | 'date';
  readonly inputRef?: Ref<HTMLInputElement>;
}) {
  return (
    <TextInput
      {...shared(field)}
      type={type}
      value={value}
      ref={inputRef}
      spellCheck={false}
      autoComplete="off"
      leftSection={icon}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(onFocus ? { onFocus } : {})}
      {...(onBlur ? { onBlur } : {})}
      {...(onKeyDown ? { onKeyDown } : {})}
      {...(mono ? { styles: { input: { fontFamily: 'var(--mono)' } } } : {})}
    />
  );
}

export function TextArea({
  value,
  onChange,
  onBlur,
  rows = 2,
  mono,
  areaRef,
  ...field
}: FieldProps & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  readonly rows?: number;
  readonly mono?: boolean;
  readonly areaRef?: Ref<HTMLTextAreaElement>;
}) {
  return (
    <Textarea
      {...shared(field)}
      value={value}
      ref={areaRef}
      rows={rows}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(onBlur ? { onBlur } : {})}
      {...(mono ? { styles: { input: { fontFamily: 'var(--mono)' } } } : {})}
    />
  );
}

/** A number: what is typed on the way to one, also nothing, stays in the field until it is left. */
export function NumberField({
  value,
  onChange,
  min,
  max,
  decimals = false,
  ...field
}: FieldProps & {
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min: number;
  readonly max: number;
  readonly decimals?: boolean;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      {...shared(field)}
      type="number"
      value={typed ?? String(value)}
      min={min}
      max={max}
      step={decimals ? 'any' : 1}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const next = Number(text);
        setTyped(text);
        const isNumber = text !== '' && (decimals ? Number.isFinite(next) : Number.isInteger(next));
        if (isNumber && next >= min && next <= max) onChange(next);
      }}
    />
  );
}

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
      {...shared(field)}
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
      {...shared(field)}
      value={value}
      data={[...new Set(suggestions)]}
      onChange={onChange}
      spellCheck={false}
      filter={({ options }) => options}
      comboboxProps={{ position: 'bottom-start', shadow: 'md' }}
      {...(mono ? { styles: { input: { fontFamily: 'var(--mono)' }, option: { fontFamily: 'var(--mono)' } } } : {})}
    />
  );
}

export function SwitchField({
  label,
  bare,
  checked,
  onChange,
  disabled,
}: {
  readonly label: string;
  readonly bare?: boolean;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}) {
  return (
    <Switch
      {...(bare ? { 'aria-label': label } : { label })}
      checked={checked}
      disabled={disabled ?? false}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

export function CheckField({
  label,
  checked,
  onChange,
}: {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return <Checkbox label={label} checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />;
}

export function ChoiceField<Value extends string>({
  label,
  value,
  options,
  onChange,
  error,
  first,
}: {
  readonly label: string;
  readonly value: Value | null;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly description?: string }[];
  readonly onChange: (value: Value) => void;
  readonly error?: ReactNode;
  /** Has the focus when its dialog opens. */
  readonly first?: boolean;
}) {
  const begin = value ?? options[0]?.value;
  return (
    <Radio.Group
      label={label}
      value={value}
      error={error}
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
    >
      <Stack gap={6} mt={4}>
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            label={option.label}
            description={option.description}
            {...(first && option.value === begin ? { 'data-autofocus': true } : {})}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}) {
  return (
    <SegmentedControl
      aria-label={label}
      value={value}
      data={[...options]}
      transitionDuration={0}
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
    />
  );
}
