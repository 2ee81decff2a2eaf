import { useChange } from '#client/api/use-endpoint.ts';
import { revertRule } from '#shared/api/rule-editing.ts';
import { waitsWords } from './rule-words.ts';

/** Why it may go back though it loses what the change had found. */
const OVERRIDE = 'The change was taken back right after it was made.';

/** Goes back to an earlier state of a rule; `takeBack` undoes the change that was made on the version shown, and says how far that went. */
export function useRevert(slug: string, version: number) {
  const revert = useChange(revertRule, ['rules', 'alerts', 'fields']);
  const takeBack = async (): Promise<string> => {
    const { waitsFor } = await revert.mutateAsync({
      params: { slug },
      body: { to: version, version: version + 1, why: 'taken back', override: OVERRIDE },
    });
    return waitsFor.length > 0 ? waitsWords(waitsFor) : 'Taken back';
  };
  return { revert, takeBack };
}
