import { Radio, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

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
