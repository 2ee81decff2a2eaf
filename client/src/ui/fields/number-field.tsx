import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { type FieldProps, fieldProps } from './field-props.ts';

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
      {...fieldProps(field)}
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
