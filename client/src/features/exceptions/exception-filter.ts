import { exceptionSentence } from '#shared/exceptions/sentence.ts';
import type { Listed } from './change-dialog.tsx';
import type { ExceptionsSearch, ShownState } from './exceptions-search.ts';

export type ExceptionFilter = Pick<ExceptionsSearch, 'text' | 'state' | 'rules'>;

/** Whether an exception is applied, and if not why. */
export const stateOf = ({ enabled, expired }: Pick<Listed, 'enabled' | 'expired'>): Exclude<ShownState, 'any'> =>
  !enabled ? 'off' : expired ? 'expired' : 'applied';

/** Everything of an exception that somebody may look for. */
const wordsOf = ({ name, reason, tags, list, stage, entries, updatedBy }: Listed): string =>
  [name, reason, list ?? '', updatedBy, ...tags, exceptionSentence(entries, stage)].join('\n').toLowerCase();

/** Of a list, those that a filter lets through: each of its words stands somewhere, in any letter case. */
export function filterExceptions(
  exceptions: readonly Listed[],
  { text, state, rules }: ExceptionFilter,
): readonly Listed[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return exceptions.filter((exception) => {
    if (state !== 'any' && stateOf(exception) !== state) return false;
    if (rules.length > 0 && !exception.rules.some((rule) => rules.includes(rule))) return false;
    if (wanted.length === 0) return true;
    const words = wordsOf(exception);
    return wanted.every((one) => words.includes(one));
  });
}
