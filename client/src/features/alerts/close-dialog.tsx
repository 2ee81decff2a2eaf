import { useState } from 'react';
import { VERDICT_MEANINGS, VERDICT_WORDS } from '#client/format/words.ts';
import { Button } from '#client/ui/button.tsx';
import { ChoiceField, TextArea } from '#client/ui/fields.tsx';
import { Dialog } from '#client/ui/overlays.tsx';
import { type Verdict, verdictSchema } from '#shared/alert/alert.ts';
import classes from './dialogs.module.css';

const CHOICES = verdictSchema.options.map((value) => ({
  value,
  label: VERDICT_WORDS[value],
  description: VERDICT_MEANINGS[value],
}));

/** Asks for the verdict and, if wanted, the reason in words. */
export function CloseDialog({
  open,
  onCancel,
  onClose,
}: {
  readonly open: boolean;
  readonly onCancel: () => void;
  readonly onClose: (verdict: Verdict, note: string) => void;
}) {
  return (
    <Dialog title="Close with a verdict" open={open} onClose={onCancel}>
      <CloseForm onCancel={onCancel} onClose={onClose} />
    </Dialog>
  );
}

function CloseForm({
  onCancel,
  onClose,
}: {
  readonly onCancel: () => void;
  readonly onClose: (verdict: Verdict, note: string) => void;
}) {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (verdict) onClose(verdict, note.trim());
        else setMissing(true);
      }}
    >
      <ChoiceField
        label="Verdict"
        value={verdict}
        options={CHOICES}
        onChange={setVerdict}
        error={missing && verdict === null ? 'Choose a verdict' : null}
      />
      <TextArea label="Note" placeholder="What decided it" value={note} onChange={setNote} rows={3} />
      <div className={classes['buttons']}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit">
          Set verdict and close
        </Button>
      </div>
    </form>
  );
}
