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
import { type Completion, matchRank, type Proposal, type WantedValues } from '#shared/lang/completion.ts';
import type { LanguageService, SeenValue, ValueLookup } from './language.ts';

/** What the language knows, below values seen in the data where some fit; they are waited for, but not for long. */
export const completionSource =
  (language: Promise<LanguageService>, values: ValueLookup): CompletionSource =>
  async (context) => {
    const service = await language;
    const found = completionAt(service, context);
    if (!found) return null;
    const seen = found.values ? await lookUp(found.values, values, context) : [];
    return resultOf(context, service, found, seen);
  };

/** How long a list waits for values. */
const PATIENCE_MS = 1500;

async function lookUp(
  wanted: WantedValues,
  values: ValueLookup,
  context: CompletionContext,
): Promise<readonly SeenValue[]> {
  const controller = new AbortController();
  context.addEventListener('abort', () => controller.abort(), { onDocChange: true });
  const timer = setTimeout(() => controller.abort(), PATIENCE_MS);
  const seen = await values(wanted, controller.signal).catch(() => []);
  clearTimeout(timer);
  return seen;
}

function completionAt(service: LanguageService, context: CompletionContext): Completion | null {
  const found = service.complete(context.state.doc.toString(), context.pos);
  // Nothing typed yet: only what was asked for, or values, opens a list by itself.
  return found && (context.explicit || found.from < context.pos || found.values || isOpening(context)) ? found : null;
}

/** Right behind a blank, an operator or a bracket, where something must follow. */
const isOpening = ({ state, pos }: CompletionContext): boolean => /[\s(:=|,]$/.test(state.sliceDoc(0, pos));

function resultOf(
  context: CompletionContext,
  service: LanguageService,
  { from, to, values, proposals }: Completion,
  seen: readonly SeenValue[],
): CompletionResult | null {
  const offered = [...(values ? seen.map((value) => service.proposeValue(values, value)) : []), ...proposals];
  if (offered.length === 0) return null;
  return {
    from,
    to: Math.max(to, context.pos),
    options: offered.map(optionOf),
    // Already chosen and ordered by the language.
    filter: false,
    getMatch: ({ label }) => matchIn(context.state.sliceDoc(from, context.pos), label),
    // Without values to ask for, the list follows the typing at once.
    update: (_current, start, _end, next) => {
      const now = values ? null : completionAt(service, next);
      return now && !now.values && now.from === start ? resultOf(next, service, now, []) : null;
    },
  };
}

function matchIn(typed: string, label: string): readonly number[] {
  const bare = typed.replace(/^["`]/, '');
  if (bare === '' || matchRank(bare, label) === null) return [];
  const at = label.toLowerCase().indexOf(bare.toLowerCase());
  return [at, at + bare.length];
}

/** The same proposal is the same option again: what is chosen stays chosen while a list is renewed. */
const known = new Map<string, Option>();
const MOST_KNOWN = 2000;

function optionOf(proposal: Proposal): Option {
  const key = JSON.stringify(proposal);
  const option = known.get(key) ?? newOption(proposal);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, option);
  return option;
}

const newOption = (proposal: Proposal): Option => ({
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
