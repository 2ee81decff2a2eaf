import type { AnswerOf } from '#client/api/call.ts';
import { useChange } from '#client/api/use-endpoint.ts';
import { showUndo } from '#client/ui/toast.tsx';
import { undoChange } from '#shared/api/alert-changes.ts';
import { createException, deleteException, revertException, updateException } from '#shared/api/exceptions.ts';
import { plural } from '#shared/base/counts.ts';
import type { Exception, ExceptionDraft } from '#shared/exceptions/item.ts';

interface Saving {
  readonly why: string;
  readonly override: string;
  readonly closeMatching: boolean;
}

type Saved = Pick<AnswerOf<typeof createException>, 'id' | 'closed' | 'undo'>;

const CONCERNED = ['exceptions', 'rules', 'alerts'] as const;

/** Saves a new exception, or a change of one, with a way back that also opens the alerts again that it closed. */
export function useSaveException(existing: Exception | null, onDone: () => void) {
  const create = useChange(createException, CONCERNED);
  const update = useChange(updateException, CONCERNED);
  const remove = useChange(deleteException, CONCERNED);
  const revert = useChange(revertException, CONCERNED);
  const reopen = useChange(undoChange, ['alerts']);

  const takeBack = async ({ id, undo }: Saved, saving: Saving): Promise<void> => {
    if (undo !== null) await reopen.mutateAsync({ params: { id: undo } });
    if (existing) await revert.mutateAsync({ params: { id }, body: { ...saving, version: existing.version } });
    else await remove.mutateAsync({ params: { id }, body: { why: 'Taken back at once.' } });
  };
  const save = (draft: ExceptionDraft, saving: Saving): void => {
    const onSuccess = (saved: Saved): void => {
      const done = existing ? 'Exception changed' : 'Exception added: it applies from the next evaluation';
      const closed = saved.undo === null ? '' : `. ${plural(saved.closed, 'alert')} closed.`;
      showUndo(`${done}${closed}`, () => takeBack(saved, saving));
      onDone();
    };
    if (existing) {
      const body = { ...draft, ...saving, version: existing.version };
      update.mutate({ params: { id: existing.id }, body }, { onSuccess });
    } else create.mutate({ body: { ...draft, ...saving } }, { onSuccess });
  };
  return { save, failed: create.error ?? update.error, busy: create.isPending || update.isPending };
}
