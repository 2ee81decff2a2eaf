import type { ReactNode } from 'react';
import { Button, type IconType } from './button.tsx';
import { Popup } from './overlays.tsx';

/** A button that opens a small box with more. */
export function MenuButton({
  label,
  icon,
  width = 320,
  children,
}: {
  readonly label: string;
  readonly icon: IconType;
  readonly width?: number;
  readonly children: ReactNode;
}) {
  return (
    <Popup width={width} trigger={<Button icon={icon}>{label}</Button>}>
      {children}
    </Popup>
  );
}
