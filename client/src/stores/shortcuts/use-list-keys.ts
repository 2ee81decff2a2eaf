import { useShortcuts } from './use-shortcuts.ts';

/** Keys that go through a list, whatever it is of: to the next line and back, and into the one under the cursor. */
export function useListKeys(
  /** What a line is: `alert`, `event`. */
  noun: string,
  { move, open }: { readonly move: (by: 1 | -1) => void; readonly open?: () => void },
  enabled = true,
): void {
  const next = { label: `Next ${noun}`, group: 'Move', run: () => move(1) } as const;
  const previous = { label: `Previous ${noun}`, group: 'Move', run: () => move(-1) } as const;
  const into = { label: `Open the ${noun}`, group: 'Move', run: () => open?.() } as const;
  useShortcuts(
    [
      { keys: 'j', ...next },
      { keys: 'k', ...previous },
      { keys: ']', ...next },
      { keys: '[', ...previous },
      ...(open ? [{ keys: 'Enter', ...into } as const, { keys: 'o', ...into } as const] : []),
    ],
    enabled,
  );
}
