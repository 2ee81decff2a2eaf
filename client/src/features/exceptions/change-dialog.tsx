import type { AnswerOf } from '#client/api/call.ts';
import { useChange } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Dialog } from '#client/ui/overlays.tsx';
import { ReasonForm, type Reasons } from '#client/ui/reason-form.tsx';
import { showUndo } from '#client/ui/toast.tsx';
import { deleteException, type listExceptions, revertException, updateException } from '#shared/api/exceptions.ts';
import { exceptionDraftSchema } from '#shared/exceptions/item.ts';

export type Listed = AnswerOf<typeof listExceptions>['exceptions'][number];
export type RowChange = 'enable' | 'disable' | 'delete';

const WORDS = {
  enable: {
    title: 'Switch this exception on?',
    note: 'It applies from the next evaluation.',
    action: 'Switch on',
    done: 'is switched on',
  },
  disable: {
    title: 'Switch this exception off?',
    note: 'It stops applying with the next evaluation.',
    action: 'Switch off',
    done: 'is switched off',
  },
  delete: {
    title: 'Delete this exception?',
    note: 'It stops applying with the next evaluation.',
    action: 'Delete',
    done: 'deleted: it stops applying with the next evaluation',
  },
} as const;

/** Asks why, and then switches or deletes: in force again, it may hide what it must not, and asks for a reason as a save does. */
export function ChangeDialog({
  exception,
  change,
  onClose,
}: {
  readonly exception: Listed;
  readonly change: RowChange;
  readonly onClose: () => void;
}) {
  const { id, version, name } = exception;
  const update = useChange(updateException, ['exceptions', 'rules']);
  const remove = useChange(deleteException, ['exceptions', 'rules']);
  const revert = useChange(revertException, ['exceptions', 'rules']);
  const { title, note, action, done } = WORDS[change];
  const onSuccess = (): void => {
    // To the version shown here, also from being deleted.
    showUndo(`“${name}” ${done}`, () =>
      revert.mutateAsync({ params: { id }, body: { version, why: '', override: '' } }),
    );
    onClose();
  };
  const apply = (reasons: Reasons): void => {
    if (change === 'delete') remove.mutate({ params: { id }, body: { why: reasons.why } }, { onSuccess });
    else {
      const draft = exceptionDraftSchema.parse(exception);
      const body = { ...draft, ...reasons, closeMatching: false, version, enabled: change === 'enable' };
      update.mutate({ params: { id }, body }, { onSuccess });
    }
  };
  return (
    <Dialog title={title} open onClose={onClose}>
      <p>“{visibleText(name)}”</p>
      <ReasonForm
        label={title}
        asks={{ why: 'Why', override: 'Why it may be done all the same' }}
        action={action}
        note={note}
        busy={update.isPending || remove.isPending}
        error={update.error ?? remove.error}
        onSubmit={apply}
        onCancel={onClose}
      />
    </Dialog>
  );
}
