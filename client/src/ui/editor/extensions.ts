import { acceptCompletion, autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, toggleComment } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { EditorState, type Extension, Prec } from '@codemirror/state';
import { drawSelection, EditorView, type KeyBinding, keymap, placeholder, tooltips } from '@codemirror/view';
import { getNonce } from 'get-nonce';
import { checking } from './checking.ts';
import { completionSource } from './completion-source.ts';
import { renderProposal } from './draw-proposal.ts';
import type { EditorSettings } from './editor-settings.ts';
import { theme } from './theme.ts';
import { tokenClasses } from './token-classes.ts';
import { typingOver } from './typing-over.ts';

/** All that makes an editor of one language behave as it does. */
export function editorExtensions(settings: EditorSettings): readonly Extension[] {
  const { language, lines, label, describedBy, readOnly } = settings;
  // What judges and completes comes after what can be typed into.
  const service = import('./language-service.ts').then((module) =>
    module.languageService(language, settings.catalogue, settings.fields),
  );
  return [
    EditorView.cspNonce.of(getNonce() ?? ''),
    theme,
    settings.grammar,
    syntaxHighlighting(tokenClasses),
    bracketMatching(),
    EditorView.lineWrapping,
    placeholder(settings.placeholder),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-describedby': describedBy,
      'aria-multiline': String(lines === 'many'),
      // Also for those who scroll by keyboard: the text is what takes the focus.
      tabindex: '0',
      spellcheck: 'false',
      autocapitalize: 'off',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) settings.onChange(update.state.doc.toString());
    }),
    checking(service, settings.onProblems),
    ...(readOnly
      ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ 'aria-readonly': 'true' })]
      : [
          history(),
          drawSelection(),
          typingOver,
          tooltips({ position: 'fixed' }),
          autocompletion({
            override: [completionSource(service, settings.values)],
            // Enter must go on doing what it says until a proposal is chosen.
            selectOnOpen: false,
            icons: false,
            defaultKeymap: false,
            addToOptions: [{ render: renderProposal, position: 90 }],
          }),
        ]),
    keysOf(settings),
  ];
}

/**
 * Tab leaves the field as anywhere else, and takes a proposal only once one is chosen. Escape closes what is open, then
 * leaves.
 */
function keysOf({ lines, readOnly, onSubmit }: EditorSettings): Extension {
  const submit = ({ state }: EditorView): boolean => {
    onSubmit(state.doc.toString());
    return true;
  };
  const leave = (view: EditorView): boolean => {
    view.contentDOM.blur();
    return true;
  };
  const own: KeyBinding[] = [
    { key: 'Mod-Enter', run: submit },
    ...(lines === 'one' ? [{ key: 'Enter', run: submit }] : []),
    { key: 'Mod-/', run: toggleComment },
  ];
  const choosing = readOnly
    ? []
    : [Prec.highest(keymap.of([...completionKeymap, { key: 'Tab', run: acceptCompletion }]))];
  const leaving: KeyBinding = { key: 'Escape', run: leave };
  return [...choosing, keymap.of([...own, ...lintKeymap, leaving, ...historyKeymap, ...defaultKeymap])];
}
