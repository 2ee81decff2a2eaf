import { Textarea } from '@mantine/core';
import type { Ref } from 'react';
import { type FieldProps, fieldProps, MONO } from './field-props.ts';

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
      {...fieldProps(field)}
      value={value}
      ref={areaRef}
      rows={rows}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(onBlur ? { onBlur } : {})}
      {...(mono ? { styles: { input: MONO } } : {})}
    />
  );
}
