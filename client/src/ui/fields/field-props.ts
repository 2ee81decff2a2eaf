import type { ReactNode } from 'react';

/** What every field can be told. */
export interface FieldProps {
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

/** What is written there is code. */
export const MONO = { fontFamily: 'var(--mono)' };

/** As the library names it. */
export function fieldProps({ label, bare, hint, error, required, disabled, placeholder, width }: FieldProps) {
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
