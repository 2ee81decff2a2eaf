import { useCallback } from 'react';
import { useChange } from '#client/api/use-endpoint.ts';
import { plural } from '#client/format/number.ts';
import { showDone, showProblem, showUndo } from '#client/ui/toast.tsx';
import { type AlertChange, changeAlerts, undoChange } from '#shared/api/alerts.ts';
import { describeChange } from './describe-change.ts';
import type { selectionRequest } from './selection.ts';
import { setUndoable, useUndoable } from './undo.ts';

type Chosen = NonNullable<ReturnType<typeof selectionRequest>>;

/** Changes alerts and offers the way back for ten seconds, by button and by Ctrl+Z. */
export function useAlertChanges() {
  const change = useChange(changeAlerts, ['alerts']);
  const undo = useChange(undoChange, ['alerts']);

  const takeBack = useCallback(
    (token: string): void => {
      setUndoable(null);
      undo.mutate(
        { params: { id: token } },
        {
          onError: showProblem,
          onSuccess: ({ restored, skipped }) =>
            showDone(
              skipped === 0
                ? `Taken back for ${plural(restored, 'alert')}`
                : `Taken back for ${plural(restored, 'alert')}; ${skipped} had changed since`,
            ),
        },
      );
    },
    [undo],
  );

  const apply = (selection: Chosen, what: AlertChange, ended?: (taken: boolean) => void): void =>
    change.mutate(
      { body: { selection, change: what } },
      {
        onError: (error) => {
          showProblem(error);
          ended?.(false);
        },
        onSuccess: ({ changed, undo: token }) => {
          useUndoable.getState().last?.dismiss();
          const dismiss = showUndo(`${plural(changed, 'alert')} ${describeChange(what)}`, () => takeBack(token));
          setUndoable({ token, dismiss });
          ended?.(true);
        },
      },
    );

  const undoLast = (): void => {
    const { last } = useUndoable.getState();
    if (last) {
      last.dismiss();
      takeBack(last.token);
    } else showDone('Nothing to take back');
  };
  return { apply, undoLast, busy: change.isPending };
}
