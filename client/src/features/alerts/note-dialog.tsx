import { useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { TextArea } from '#client/ui/fields.tsx';
import { Dialog } from '#client/ui/overlays.tsx';
import classes from './dialogs.module.css';

export function NoteDialog({
  open,
  onCancel,
  onSave,
}: {
  readonly open: boolean;
  readonly onCancel: () => void;
  readonly onSave: (note: string) => void;
}) {
  return (
    <Dialog title="Add a note" open={open} onClose={onCancel}>
      <NoteForm onCancel={onCancel} onSave={onSave} />
    </Dialog>
  );
}

function NoteForm({ onCancel, onSave }: { readonly onCancel: () => void; readonly onSave: (note: string) => void }) {
  const [note, setNote] = useState('');
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (note.trim() !== '') onSave(note.trim());
      }}
    >
      <TextArea label="Note" value={note} onChange={setNote} rows={5} />
      <div className={classes['buttons']}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit" disabled={note.trim() === ''}>
          Add
        </Button>
      </div>
    </form>
  );
}
