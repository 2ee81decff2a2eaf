import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { ButtonLink } from './button-link.tsx';
import { IconDatabase, IconFilterOff } from './icons.ts';
import { Empty } from './states.tsx';

/** There is nothing yet to look at: what will show here, and the way to load some. */
export const NoEvents = ({ children }: { readonly children: ReactNode }) => (
  <Empty title="No events yet" icon={IconDatabase} action={<ButtonLink to="/data">Load a file or a sample</ButtonLink>}>
    {children}
  </Empty>
);

/** There is something, but not what was asked for: what was, and the way to ask for all. */
export const NothingFound = ({
  title,
  clear,
  onClear,
  children,
}: {
  readonly title: string;
  /** Words of the button that asks for all. */
  readonly clear: string;
  readonly onClear: () => void;
  readonly children?: ReactNode;
}) => (
  <Empty
    title={title}
    icon={IconFilterOff}
    action={
      <Button look="primary" onClick={onClear}>
        {clear}
      </Button>
    }
  >
    {children}
  </Empty>
);
