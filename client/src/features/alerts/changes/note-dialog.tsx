import { useKeptText } from '#client/stores/use-kept-text.ts';
import { Button } from '#client/ui/button.tsx';
import { ButtonRow } from '#client/ui/button-row.tsx';
import { TextArea } from '#client/ui/fields/text-area.tsx';
import { Dialog } from '#client/ui/overlays.tsx';
import classes from './dialogs.module.css';

interface NoteProps {
  /** Under what the text is kept until it is saved. */
  readonly draft: string;
  readonly onCancel: () => void;
  readonly onSave: (note: string) => void;
}

export function NoteDialog({ open, ...props }: NoteProps & { readonly open: boolean }) {
  return (
    <Dialog title="Add a note" open={open} onClose={props.onCancel}>
      <NoteForm {...props} />
    </Dialog>
  );
}

function NoteForm({ draft, onCancel, onSave }: NoteProps) {
  const [note, setNote] = useKeptText(draft);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (note.trim() !== '') onSave(note.trim());
      }}
    >
      <TextArea label="Note" value={note} onChange={setNote} rows={5} />
      <ButtonRow>
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit" disabled={note.trim() === ''}>
          Add
        </Button>
      </ButtonRow>
    </form>
  );
}
