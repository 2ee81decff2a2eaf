import { closeCompletion } from '@codemirror/autocomplete';
import { EditorSelection, EditorState, Transaction } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { EditorSettings } from './editor-settings.ts';
import { editorExtensions } from './extensions.ts';

/** A mounted editor. */
export interface Editor {
  readonly focus: () => void;
  /** Replaces the text where it is another; what stands unchanged around the difference keeps caret and history. */
  readonly setText: (text: string) => void;
  /** Puts the caret to a problem. */
  readonly show: (problem: Diagnostic) => void;
  readonly destroy: () => void;
}

/** Makes an editor in `parent` that goes on where a text area stopped: same text, same selection, same focus. */
export function mountEditor(settings: EditorSettings): Editor {
  const { parent, text, selection, focused } = settings;
  const end = text.length;
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      selection: EditorSelection.single(Math.min(selection.anchor, end), Math.min(selection.head, end)),
      extensions: editorExtensions(settings),
    }),
  });
  if (focused) view.focus();
  return {
    focus: () => view.focus(),
    setText: (next) => replaceText(view, next),
    show: ({ span }) => {
      const at = Math.min(span?.from ?? 0, view.state.doc.length);
      view.dispatch({ selection: { anchor: at }, scrollIntoView: true });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}

function replaceText(view: EditorView, next: string): void {
  const now = view.state.doc.toString();
  if (now === next) return;
  let from = 0;
  while (from < now.length && from < next.length && now[from] === next[from]) from++;
  let behind = 0;
  const most = Math.min(now.length, next.length) - from;
  while (behind < most && now[now.length - 1 - behind] === next[next.length - 1 - behind]) behind++;
  closeCompletion(view);
  view.dispatch({
    changes: { from, to: now.length - behind, insert: next.slice(from, next.length - behind) },
    annotations: Transaction.userEvent.of('set'),
  });
}
