import { ActionIcon, Button as MantineButton, Tooltip } from '@mantine/core';
import type { ComponentType, MouseEvent, ReactNode } from 'react';
import { keyLabel } from '#client/stores/shortcuts/registry.ts';
import { Key } from './key.tsx';

export type IconType = ComponentType<{ size?: number | string; stroke?: number | string; className?: string }>;

const VARIANTS = {
  primary: { variant: 'filled' },
  plain: { variant: 'default' },
  quiet: { variant: 'subtle', color: 'gray' },
  danger: { variant: 'outline', color: 'var(--critical)' },
} as const;

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
  readonly look?: keyof typeof VARIANTS;
  readonly icon?: IconType;
  /** Keys that do the same, shown on the button. */
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly busy?: boolean;
  readonly pressed?: boolean;
  readonly type?: 'button' | 'submit';
  readonly title?: string;
}

export function Button({
  children,
  look = 'plain',
  icon: Icon,
  keys,
  busy,
  pressed,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <MantineButton
      {...VARIANTS[look]}
      {...rest}
      type={type}
      loading={busy ?? false}
      fw={550}
      leftSection={Icon ? <Icon size={15} stroke={1.8} /> : undefined}
      rightSection={keys ? <Key>{keyLabel(keys)}</Key> : undefined}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
    >
      {children}
    </MantineButton>
  );
}

export interface IconButtonProps {
  /** Its name: shown on hover, read by screen readers. */
  readonly label: string;
  readonly icon: IconType;
  readonly onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
}

export function IconButton({ label, icon: Icon, keys, pressed, disabled, onClick }: IconButtonProps) {
  return (
    <Tooltip label={keys ? `${label} (${keyLabel(keys)})` : label}>
      <ActionIcon
        aria-label={label}
        disabled={disabled ?? false}
        variant={pressed ? 'light' : 'subtle'}
        {...(onClick ? { onClick } : {})}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      >
        <Icon size={16} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
