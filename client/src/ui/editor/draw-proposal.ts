import type { Completion } from '@codemirror/autocomplete';

/** What kind of thing a proposal is, as a word in front of it. */
export function renderProposal({ type }: Completion): Node {
  const kind = document.createElement('span');
  kind.className = 'cm-proposal-kind';
  kind.textContent = type ?? '';
  return kind;
}
