import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';
import { usePreferences } from '#client/stores/preferences.ts';
import { activeShortcuts, isSingleKey, type Shortcut, useShortcutRegistry } from './registry.ts';

/** Binds the registered commands to the window. Mounted once, in the frame. */
export function useKeyHandler(): void {
  const registrations = useShortcutRegistry((store) => store.registrations);
  const singleKeys = usePreferences((store) => store.singleKeys);
  useEffect(() => {
    const shortcuts = activeShortcuts(registrations).filter(({ keys }) => singleKeys || !isSingleKey(keys));
    return tinykeys(window, Object.fromEntries(shortcuts.map((shortcut) => [shortcut.keys, handlerOf(shortcut)])));
  }, [registrations, singleKeys]);
}

function handlerOf(shortcut: Shortcut): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.defaultPrevented || isTaken(event, shortcut.keys)) return;
    event.preventDefault();
    shortcut.run();
  };
}

/** Whether the key belongs to what has the focus: a field being typed in, an open dialog, a control being pressed. */
function isTaken(event: KeyboardEvent, keys: string): boolean {
  const target = event.target instanceof Element ? event.target : null;
  const inDialog =
    document.querySelector('[aria-modal="true"]') !== null ||
    (target?.closest('[role="dialog"], [role="menu"], [role="listbox"]') ?? null) !== null;
  const typing = target?.closest('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]');
  if (keys === '$mod+k') return inDialog;
  if (typing || inDialog) return true;
  return keys === 'Enter' && target?.closest('button, a, summary, [role="tab"], input') !== null && target !== null;
}
