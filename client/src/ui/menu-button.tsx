import type { ReactNode } from 'react';
import type { IconType } from './button.tsx';
import { Popup } from './overlays.tsx';
import classes from './pick-filter.module.css';

/** A button that opens a small box with more. */
export function MenuButton({
  label,
  icon: Icon,
  width = 320,
  children,
}: {
  readonly label: string;
  readonly icon: IconType;
  readonly width?: number;
  readonly children: ReactNode;
}) {
  return (
    <Popup
      width={width}
      trigger={
        <button type="button" className={classes['trigger']}>
          <Icon size={14} stroke={1.8} />
          {label}
        </button>
      }
    >
      {children}
    </Popup>
  );
}
