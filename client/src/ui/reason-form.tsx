import { type ReactNode, useState } from 'react';
import { problemOf } from '#client/format/problem.ts';
import { SHORTEST_REASON } from '#shared/api/tuning.ts';
import { Button } from './button.tsx';
import { TextArea } from './fields/text-area.tsx';
import { TextField } from './fields/text-field.tsx';
import classes from './reason-form.module.css';
import { Failure } from './states.tsx';

export interface Reasons {
  readonly why: string;
  /** Why it may be done though something speaks against it; empty where nothing does. */
  readonly override: string;
}

/** Does something that is put on record: asks why, and once more where it loses true positives or breaks cases. */
export function ReasonForm({
  label,
  asks: { why: whyLabel, override: overrideLabel },
  action,
  note,
  ready = true,
  troubled = false,
  busy,
  error,
  onSubmit,
  onCancel,
}: {
  /** Names the form. */
  readonly label: string;
  readonly asks: { readonly why: string; readonly override: string };
  /** Of its button. */
  readonly action: string;
  readonly note?: ReactNode;
  readonly ready?: boolean;
  /** It is known to need the second reason; else the server says so. */
  readonly troubled?: boolean;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onSubmit: (reasons: Reasons) => void;
  readonly onCancel?: () => void;
}) {
  const [why, setWhy] = useState('');
  const [override, setOverride] = useState('');
  const refused = error !== null && problemOf(error).details?.[0]?.path === 'body.override';
  const asksTwice = troubled || refused;
  const short = why.trim() === '' || (asksTwice && override.trim().length < SHORTEST_REASON);
  return (
    <form
      className={classes['form']}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({ why: why.trim(), override: override.trim() });
      }}
    >
      <TextField label={whyLabel} placeholder="Kept with the version" required value={why} onChange={setWhy} />
      {asksTwice ? (
        <TextArea
          label={overrideLabel}
          hint="It loses true positives, or breaks cases. A sentence, for those who come after you."
          required
          value={override}
          onChange={setOverride}
        />
      ) : null}
      {error ? <Failure error={error} /> : null}
      <div className={classes['line']}>
        {note ? <span className="dim">{note}</span> : null}
        <span className={classes['buttons']}>
          {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
          <Button type="submit" look={asksTwice ? 'danger' : 'primary'} disabled={!ready || short} busy={busy}>
            {asksTwice ? `${action} all the same` : action}
          </Button>
        </span>
      </div>
    </form>
  );
}
