import { completionStatus } from '@codemirror/autocomplete';
import { linter, type Diagnostic as Mark } from '@codemirror/lint';
import type { EditorState, Extension } from '@codemirror/state';
import { visibleText } from '#client/format/hostile.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { LanguageService } from './language.ts';

/** How long typing must pause before its text is judged. */
const PAUSE_MS = 350;

/** Underlines what is wrong with the text, and tells of it. */
export const checking = (
  language: Promise<LanguageService>,
  onProblems: (problems: readonly Diagnostic[]) => void,
): Extension =>
  linter(
    async (view) => {
      const service = await language;
      const { state } = view;
      const text = state.doc.toString();
      const problems = service.diagnose(text).filter((problem) => !isPremature(problem, state));
      onProblems(problems);
      return problems.flatMap((problem) => markOf(problem, text.length));
    },
    {
      delay: PAUSE_MS,
      needsRefresh: ({ startState, state }) => completionStatus(startState) !== completionStatus(state),
    },
  );

/** What is missing behind the caret is no mistake while proposals for it are shown. */
const isPremature = ({ code, span }: Diagnostic, state: EditorState): boolean =>
  code === 'syntax' && completionStatus(state) === 'active' && (span?.to ?? 0) >= state.selection.main.head;

/** A problem of the whole text has no place to underline; one behind its end is marked at its last character. */
function markOf({ span, severity, message, remedy }: Diagnostic, length: number): readonly Mark[] {
  if (!span || length === 0) return [];
  const from = Math.max(0, Math.min(span.from, length - 1));
  const to = Math.max(from + 1, Math.min(span.to, length));
  return [{ from, to, severity, message: visibleText(remedy === undefined ? message : `${message} ${remedy}`) }];
}
