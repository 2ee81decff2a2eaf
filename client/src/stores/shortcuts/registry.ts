import { create } from 'zustand';
import type { Preferences } from '../preferences.ts';

type KeyChoice = Preferences['keys'];

export type ShortcutGroup = 'Move' | 'Act' | 'Go' | 'View';

/** One command with its keys: the source of the key handler, the sheet and the palette. */
export interface Shortcut {
  /** As tinykeys writes them: `j`, `Shift+x`, `g a`, `$mod+k`. */
  readonly keys: string;
  readonly label: string;
  readonly group: ShortcutGroup;
  readonly run: () => void;
}

interface Registration {
  readonly token: symbol;
  readonly shortcuts: readonly Shortcut[];
}

export const useShortcutRegistry = create<{ readonly registrations: readonly Registration[] }>(() => ({
  registrations: [],
}));

/** Adds commands until the returned function is called. */
export function registerShortcuts(shortcuts: readonly Shortcut[]): () => void {
  const token = Symbol('shortcuts');
  const change = (next: (now: readonly Registration[]) => readonly Registration[]): void =>
    useShortcutRegistry.setState(({ registrations }) => ({ registrations: next(registrations) }));
  change((now) => [...now, { token, shortcuts }]);
  return () => change((now) => now.filter((registration) => registration.token !== token));
}

/** The commands in force: where two have the same keys, the one registered last. */
export function activeShortcuts(registrations: readonly Registration[]): readonly Shortcut[] {
  const byKeys = new Map<string, Shortcut>();
  for (const { shortcuts } of registrations) for (const shortcut of shortcuts) byKeys.set(shortcut.keys, shortcut);
  return [...byKeys.values()];
}

/** A command as people are told of it: with every way to give it by keys. */
interface Command extends Omit<Shortcut, 'keys'> {
  readonly keys: readonly [string, ...string[]];
}

/** The commands in force, those of the same words as one. */
export function activeCommands(registrations: readonly Registration[]): readonly Command[] {
  const byLabel = new Map<string, Command>();
  for (const { keys, ...shortcut } of activeShortcuts(registrations)) {
    const known = byLabel.get(shortcut.label);
    byLabel.set(shortcut.label, known ? { ...known, keys: [...known.keys, keys] } : { ...shortcut, keys: [keys] });
  }
  return [...byLabel.values()];
}

/** Keys as people read them: `g a`, `Shift X`, `Ctrl K`. */
export function keyLabel(keys: string): string {
  return keys
    .replace('Shift+?', '?')
    .replace('$mod+', 'Ctrl ')
    .replace('Shift+', 'Shift ')
    .replace('Escape', 'Esc')
    .replace('ArrowDown', '↓')
    .replace('ArrowUp', '↑');
}

/** Only letters, digits and signs: what typing into a page by accident, or by voice, would trigger. */
const isSingleKey = (keys: string): boolean => !keys.includes('$mod') && !/^(Escape|Enter|Arrow)/.test(keys);

/** Whether a command may be given by its keys. */
export const isKeyOn = (keys: string, choice: KeyChoice): boolean =>
  choice === 'all' || (choice === 'combined' && !isSingleKey(keys));
