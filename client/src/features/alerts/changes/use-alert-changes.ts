import { useChange } from '#client/api/use-endpoint.ts';
import { showProblem, showUndo } from '#client/ui/toast.tsx';
import { type AlertChange, changeAlerts, undoChange } from '#shared/api/alert-changes.ts';
import { plural } from '#shared/base/counts.ts';
import type { selectionRequest } from '../queue/selection.ts';
import { describeChange } from './describe-change.ts';

type Chosen = NonNullable<ReturnType<typeof selectionRequest>>;

/** Changes alerts and offers the way back. */
export function useAlertChanges() {
  const change = useChange(changeAlerts, ['alerts']);
  const undo = useChange(undoChange, ['alerts']);

  const takeBack = async (token: string): Promise<string> => {
    const { restored, skipped } = await undo.mutateAsync({ params: { id: token } });
    const rest = skipped === 0 ? '' : `; ${skipped} had changed since`;
    return `Taken back for ${plural(restored, 'alert')}${rest}`;
  };

  const apply = (selection: Chosen, what: AlertChange, ended?: (taken: boolean) => void): void =>
    change.mutate(
      { body: { selection, change: what } },
      {
        onError: (error) => {
          showProblem(error);
          ended?.(false);
        },
        onSuccess: ({ changed, undo: token }) => {
          showUndo(`${plural(changed, 'alert')} ${describeChange(what)}`, () => takeBack(token));
          ended?.(true);
        },
      },
    );

  return { apply, busy: change.isPending };
}
