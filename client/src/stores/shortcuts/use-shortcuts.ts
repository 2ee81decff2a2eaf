import { useEffect, useRef } from 'react';
import { registerShortcuts, type Shortcut } from './registry.ts';

/** Registers commands while the component is shown. Handlers may change between renders; the set of keys may not. */
export function useShortcuts(shortcuts: readonly Shortcut[], enabled = true): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const signature = shortcuts.map(({ keys, label }) => `${keys}\n${label}`).join('\n\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the shortcuts
  useEffect(() => {
    if (!enabled) return;
    return registerShortcuts(
      latest.current.map((shortcut, index) => ({ ...shortcut, run: () => latest.current[index]?.run() })),
    );
  }, [signature, enabled]);
}
