import { useChange } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { ButtonRow } from '#client/ui/button-row.tsx';
import { Dialog } from '#client/ui/overlays.tsx';
import { Failure } from '#client/ui/states.tsx';
import { removeRule } from '#shared/api/rule-editing.ts';
import classes from './rules.module.css';

/** Removes a rule that users imported or duplicated. */
export function RemoveRule({
  slug,
  onDone,
  onClose,
}: {
  readonly slug: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const remove = useChange(removeRule, ['rules', 'alerts']);
  return (
    <Dialog title="Remove this rule?" open onClose={onClose}>
      <div className={classes['form']}>
        <p>It and its versions cannot be brought back. Its alerts stay, and say that their rule is gone.</p>
        {remove.error ? <Failure error={remove.error} /> : null}
        <ButtonRow>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="danger"
            busy={remove.isPending}
            onClick={() => remove.mutate({ params: { slug }, body: { why: '', override: '' } }, { onSuccess: onDone })}
          >
            Remove
          </Button>
        </ButtonRow>
      </div>
    </Dialog>
  );
}
