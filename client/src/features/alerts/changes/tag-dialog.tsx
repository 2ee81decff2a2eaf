import { useEndpoint } from '#client/api/use-endpoint.ts';
import { useKeptText } from '#client/stores/use-kept-text.ts';
import { Button } from '#client/ui/button.tsx';
import { ButtonRow } from '#client/ui/button-row.tsx';
import { SuggestField } from '#client/ui/fields/suggest-field.tsx';
import { Dialog } from '#client/ui/overlays.tsx';
import { tagSchema } from '#shared/alert/alert.ts';
import type { AlertChange } from '#shared/api/alert-changes.ts';
import { groupAlerts } from '#shared/api/alerts.ts';
import classes from './dialogs.module.css';

interface TagProps {
  /** Under what the text is kept until it is saved. */
  readonly draft: string;
  readonly onCancel: () => void;
  readonly onSave: (change: AlertChange) => void;
}

/** Puts words on alerts, or takes them off: several with commas between. */
export function TagDialog({ open, ...props }: TagProps & { readonly open: boolean }) {
  return (
    <Dialog title="Tags" open={open} onClose={props.onCancel}>
      <TagForm {...props} />
    </Dialog>
  );
}

const tagsIn = (text: string): string[] => [...new Set(text.split(',').map((tag) => tag.trim()))].filter(Boolean);

function TagForm({ draft, onCancel, onSave }: TagProps) {
  const [text, setText] = useKeptText(draft);
  const known = useEndpoint(groupAlerts, { query: { by: 'tag' } }).data?.groups ?? [];
  const tags = tagsIn(text);
  const wrong = tags.find((tag) => !tagSchema.safeParse(tag).success);
  const ready = tags.length > 0 && wrong === undefined;
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSave({ addTags: tags });
      }}
    >
      <SuggestField
        label="Tags, with commas between"
        value={text}
        suggestions={known.flatMap(({ value }) => (value === null ? [] : [value]))}
        onChange={setText}
        error={wrong === undefined ? null : `“${wrong}” is too long for a tag`}
      />
      <ButtonRow>
        <Button onClick={onCancel}>Cancel</Button>
        <Button disabled={!ready} onClick={() => onSave({ removeTags: tags })}>
          Remove
        </Button>
        <Button look="primary" type="submit" disabled={!ready}>
          Add
        </Button>
      </ButtonRow>
    </form>
  );
}
