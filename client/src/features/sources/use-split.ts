import { useChange } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { showProblem, showUndo } from '#client/ui/toast.tsx';
import { changeSource } from '#shared/api/sources.ts';

/** Has merged documents of a source split from now on, or no longer; says of which source it is at it. */
export function useSplit() {
  const change = useChange(changeSource, ['sources']);
  const set = (id: string, splitMerged: boolean) => change.mutateAsync({ params: { id }, body: { splitMerged } });
  const split = (id: string, name: string, on: boolean): void => {
    const words = `Merged documents of ${visibleText(name)} are ${on ? 'split' : 'kept as they come'} from now on`;
    set(id, on).then(() => showUndo(words, () => set(id, !on)), showProblem);
  };
  return { split, busy: change.isPending ? change.variables.params.id : null };
}
