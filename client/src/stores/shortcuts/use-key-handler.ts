import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';
import { usePreferences } from '#client/stores/preferences.ts';
import { activeShortcuts, isKeyOn, type Shortcut, useShortcutRegistry } from './registry.ts';

/** Binds the registered commands to the window. Mounted once, in the frame. */
export function useKeyHandler(): void {
  const registrations = useShortcutRegistry((store) => store.registrations);
  const choice = usePreferences((store) => store.keys);
  useEffect(() => {
    const shortcuts = activeShortcuts(registrations).filter(({ keys }) => isKeyOn(keys, choice));
    const bindings = shortcuts.flatMap((shortcut) =>
      spellings(shortcut.keys).map((keys) => [keys, handlerOf(shortcut)] as const),
    );
    return tinykeys(window, Object.fromEntries(bindings));
  }, [registrations, choice]);
}

/** A sign may need Shift on one keyboard and not on another (`/` is Shift+7 on a German one). */
function spellings(keys: string): readonly string[] {
  const sign = /^(?:Shift\+)?([^\w\s])$/.exec(keys)?.[1];
  return sign === undefined ? [keys] : [sign, `Shift+${sign}`];
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
