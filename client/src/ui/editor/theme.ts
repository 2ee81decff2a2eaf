import { EditorView } from '@codemirror/view';

const BOX = {
  color: 'var(--text)',
  backgroundColor: 'var(--surface-1)',
  border: '1px solid var(--line-strong)',
  borderRadius: 'var(--radius)',
  boxShadow: 'var(--shadow)',
} as const;

const underline = (color: string) => ({
  backgroundImage: 'none',
  paddingBottom: '0',
  textDecoration: `underline wavy var(${color}) 1px`,
  textUnderlineOffset: '3px',
  textDecorationSkipInk: 'none',
});

/** The editor in the console's own colours, which follow the scheme. Sizes are those of the text area it replaces. */
export const theme = EditorView.theme({
  '&': { maxHeight: 'inherit', color: 'var(--text)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontSize: '13px', lineHeight: '20px', overflow: 'auto' },
  '.cm-content': { padding: '5px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 10px', overflowWrap: 'anywhere' },
  '.cm-placeholder': { color: 'var(--text-2)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)', borderLeftWidth: '2px' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'var(--selected)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)', outline: '1px solid var(--accent)' },
  '&.cm-focused .cm-nonmatchingBracket': {
    backgroundColor: 'var(--critical-soft)',
    outline: '1px solid var(--critical)',
  },
  '.cm-lintRange-error': underline('--critical'),
  '.cm-lintRange-warning': underline('--medium'),
  '.cm-lintPoint::after': { display: 'none' },
  '.cm-panels': { color: 'var(--text)', backgroundColor: 'var(--surface-2)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-tooltip': { ...BOX, zIndex: '350' },
  '.cm-diagnostic': { padding: '4px 10px', maxWidth: '70ch', font: '12.5px/1.45 var(--font)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--critical)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--medium)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { font: '12.5px/22px var(--mono)', maxHeight: '15em', minWidth: '280px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: '8px',
    padding: '0 8px',
    lineHeight: '22px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--text)',
    backgroundColor: 'var(--selected)',
    boxShadow: 'inset 3px 0 0 var(--accent)',
  },
  '.cm-completionLabel': { overflow: 'hidden', textOverflow: 'ellipsis' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700', color: 'var(--accent-text)' },
  '.cm-completionDetail': { marginLeft: 'auto', paddingLeft: '12px', fontStyle: 'normal', color: 'var(--text-2)' },
  '.cm-proposal-kind': { order: '-1', flex: 'none', width: '62px', color: 'var(--text-2)', fontFamily: 'var(--font)' },
  '.cm-tooltip.cm-completionInfo': { ...BOX, padding: '6px 10px', font: '12.5px/1.45 var(--font)', maxWidth: '44ch' },
});
