import { create } from 'zustand';

/** The last change that can be taken back, and how to close its message. */
export interface Undoable {
  readonly token: string;
  readonly dismiss: () => void;
}

export const useUndoable = create<{ readonly last: Undoable | null }>(() => ({ last: null }));
export const setUndoable = (last: Undoable | null): void => useUndoable.setState({ last });
