import {
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
  type Completion as Option,
  pickedCompletion,
  startCompletion,
} from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import { visibleText } from '#client/format/hostile.ts';
import { type Completion, matchRank, type Proposal } from '#shared/lang/completion.ts';
import type { LanguageService, ValueLookup } from './language.ts';

/** What the language knows comes at once; values seen in the data stand above it when the server has found them. */
export const completionSources = (service: LanguageService, values: ValueLookup): CompletionSource[] => [
  async (context) => {
    const found = completionAt(service, context);
    const wanted = found?.values;
    if (!found || !wanted) return null;
    const controller = new AbortController();
    context.addEventListener('abort', () => controller.abort(), { onDocChange: true });
    const seen = await values(wanted, controller.signal).catch(() => []);
    return resultOf(
      context,
      found,
      seen.map((value) => service.proposeValue(wanted, value)),
    );
  },
  (context) => {
    const found = completionAt(service, context);
    return found && resultOf(context, found, found.proposals);
  },
];

function completionAt(service: LanguageService, context: CompletionContext): Completion | null {
  const found = service.complete(context.state.doc.toString(), context.pos);
  // Nothing typed yet: only what was asked for, or values, opens a list by itself.
  return found && (context.explicit || found.from < context.pos || found.values || isOpening(context)) ? found : null;
}

/** Right behind a blank, an operator or a bracket, where something must follow. */
const isOpening = ({ state, pos }: CompletionContext): boolean => /[\s(:=|,]$/.test(state.sliceDoc(0, pos));

function resultOf(
  context: CompletionContext,
  { from, to }: Completion,
  proposals: readonly Proposal[],
): CompletionResult | null {
  if (proposals.length === 0) return null;
  return {
    from,
    to: Math.max(to, context.pos),
    options: proposals.map(optionOf),
    // Already chosen and ordered by the language.
    filter: false,
    getMatch: ({ label }) => matchIn(context.state.sliceDoc(from, context.pos), label),
  };
}

function matchIn(typed: string, label: string): readonly number[] {
  const bare = typed.replace(/^["`]/, '');
  if (bare === '' || matchRank(bare, label) === null) return [];
  const at = label.toLowerCase().indexOf(bare.toLowerCase());
  return [at, at + bare.length];
}

const optionOf = (proposal: Proposal): Option => ({
  label: visibleText(proposal.label),
  type: proposal.kind,
  ...(proposal.detail !== undefined && { detail: proposal.detail }),
  ...(proposal.info !== undefined && { info: proposal.info }),
  apply: (view, option, from, to) => take(view, option, proposal, from, to),
});

/** Puts the proposal in, and goes on proposing where it is only a beginning. */
function take(view: EditorView, option: Option, { insert, caret }: Proposal, from: number, to: number): void {
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + (caret ?? insert.length) },
    scrollIntoView: true,
    userEvent: 'input.complete',
    annotations: pickedCompletion.of(option),
  });
  if (/[\s(]$/.test(insert.slice(0, caret ?? insert.length))) startCompletion(view);
}
