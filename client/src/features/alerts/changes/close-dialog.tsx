import { useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { VERDICT_MEANINGS, VERDICT_WORDS } from '#client/format/words.ts';
import { useKeptText } from '#client/stores/use-kept-text.ts';
import { Button } from '#client/ui/button.tsx';
import { ButtonRow } from '#client/ui/button-row.tsx';
import { ChoiceField } from '#client/ui/fields/choice-field.tsx';
import { TextArea } from '#client/ui/fields/text-area.tsx';
import { Dialog } from '#client/ui/overlays.tsx';
import { type Verdict, verdictSchema } from '#shared/alert/alert.ts';
import { alertGuide } from '#shared/api/guide.ts';
import classes from './dialogs.module.css';

const CHOICES = verdictSchema.options.map((value) => ({
  value,
  label: VERDICT_WORDS[value],
  description: VERDICT_MEANINGS[value],
}));

interface CloseProps {
  /** Id of the alert where it is one: what was found about it suggests a verdict. */
  readonly alert: string | null;
  /** Under what the note is kept until it is saved. */
  readonly draft: string;
  readonly onCancel: () => void;
  readonly onClose: (verdict: Verdict, note: string) => void;
}

/** Asks for the verdict and, if wanted, the reason in words. */
export function CloseDialog({ open, ...props }: CloseProps & { readonly open: boolean }) {
  return (
    <Dialog title="Close with a verdict" open={open} onClose={props.onCancel}>
      <CloseForm {...props} />
    </Dialog>
  );
}

function CloseForm({ alert, draft, onCancel, onClose }: CloseProps) {
  const suggestion = useSuggestion(alert);
  const [chosen, setVerdict] = useState<Verdict | null>(null);
  const verdict = chosen ?? suggestion?.verdict ?? null;
  const [note, setNote] = useKeptText(draft);
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
        first
        value={verdict}
        options={CHOICES}
        onChange={setVerdict}
        error={missing && verdict === null ? 'Choose a verdict' : null}
      />
      {suggestion && verdict === suggestion.verdict ? (
        <p className="dim">Suggested by the findings: {suggestion.reason}</p>
      ) : null}
      <TextArea label="Note" placeholder="What decided it" value={note} onChange={setNote} rows={3} />
      <ButtonRow>
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit">
          Set verdict and close
        </Button>
      </ButtonRow>
    </form>
  );
}

/** The verdict that the findings of the alert's guide suggest. */
function useSuggestion(alert: string | null): { readonly verdict: Verdict; readonly reason: string } | null {
  const guide = useEndpoint(alertGuide, { params: { id: alert ?? '' } }, { enabled: alert !== null });
  const suggestion = guide.data?.suggestion;
  const verdict = verdictSchema.safeParse(suggestion?.verdict);
  return suggestion && verdict.success ? { verdict: verdict.data, reason: suggestion.reason } : null;
}
