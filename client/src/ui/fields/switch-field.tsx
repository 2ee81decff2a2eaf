import { Switch } from '@mantine/core';

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
