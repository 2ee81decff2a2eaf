import { Modal, Popover, Tooltip } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';

export function Dialog({
  title,
  open,
  onClose,
  size = 'md',
  children,
}: {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly size?: 'sm' | 'md' | 'lg' | 'xl';
  readonly children: ReactNode;
}) {
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={title}
      size={size}
      styles={{ title: { fontWeight: 650, fontSize: 15 } }}
    >
      <div ref={beginInField}>{children}</div>
    </Modal>
  );
}

/** Whoever is asked to write begins to write: the focus starts in the first field, not at the button that closes. */
const beginInField = (body: HTMLElement | null): void =>
  body
    ?.querySelector('[data-autofocus], textarea, input:not([type="radio"], [type="checkbox"])')
    ?.setAttribute('data-autofocus', 'true');

export function Tip({ text, children }: { readonly text: ReactNode; readonly children: ReactElement }) {
  return (
    <Tooltip label={text} multiline maw={420}>
      {children}
    </Tooltip>
  );
}

export function Popup({
  trigger,
  children,
  width = 320,
}: {
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly width?: number;
}) {
  return (
    <Popover width={width} position="bottom-end" shadow="md" trapFocus returnFocus transitionProps={{ duration: 80 }}>
      <Popover.Target>{trigger}</Popover.Target>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  );
}
