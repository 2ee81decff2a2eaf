import { TextInput } from '@mantine/core';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { type FieldProps, fieldProps, MONO } from './field-props.ts';

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
      {...fieldProps(field)}
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
      {...(mono ? { styles: { input: MONO } } : {})}
    />
  );
}
