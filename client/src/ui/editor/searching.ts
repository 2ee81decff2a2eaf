import { openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { Prec, StateEffect } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';

const equipped = new WeakSet<EditorView>();

/** Opens the panel that finds and replaces; the editor learns to search when it is first asked to. */
export function openSearch(view: EditorView): void {
  if (!equipped.has(view)) {
    equipped.add(view);
    view.dispatch({
      effects: StateEffect.appendConfig.of([search({ top: true }), Prec.high(keymap.of(searchKeymap))]),
    });
  }
  openSearchPanel(view);
}
