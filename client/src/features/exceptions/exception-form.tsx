import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { problemOf } from '#client/format/problem.ts';
import { formatTime } from '#client/format/time.ts';
import { Button } from '#client/ui/button.tsx';
import { ChoiceField, SelectField, SwitchField, TextArea, TextField } from '#client/ui/fields.tsx';
import { IconPlus } from '#client/ui/icons.ts';
import { Failure } from '#client/ui/states.tsx';
import { showDone } from '#client/ui/toast.tsx';
import { createException, updateException } from '#shared/api/exceptions.ts';
import { listRules } from '#shared/api/rules.ts';
import type { Exception, ExceptionDraft } from '#shared/exceptions/item.ts';
import { exceptionSentence } from '#shared/exceptions/sentence.ts';
import { EntryRow } from './entry-row.tsx';
import { ExceptionCheck } from './exception-check.tsx';
import classes from './exceptions.module.css';
import { type Expiry, type FormValues, formEntry, readForm, valuesFrom } from './form-values.ts';

const CHECK_PAUSE_MS = 500;

const STAGES = [
  {
    value: 'event',
    label: 'Before counting: leave out events',
    description: 'Matching events are not counted at all. Counts of others can sink, so a group may start to alert.',
  },
  {
    value: 'result',
    label: 'After counting: leave out results',
    description: 'The rule counts everything; matching result rows raise no alert.',
  },
] as const;

const EXPIRIES: readonly { readonly value: Expiry; readonly label: string }[] = [
  { value: '7', label: 'in 7 days' },
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
  { value: 'never', label: 'never' },
];

/** Writes a new exception or changes one; shows at once what it would hide. */
export function ExceptionForm({
  start,
  existing: given,
  onDone,
  onCancel,
}: {
  readonly start: Partial<ExceptionDraft>;
  readonly existing: Exception | null;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
}) {
  // As it was when the form opened: a colleague's change must neither wipe what is being written nor be overwritten by it.
  const [existing] = useState(given);
  const origin = existing?.origin ?? start.origin ?? null;
  const kept = existing?.expiresAt ?? null;
  const [opened] = useState(() => Date.now());
  const read = (values: FormValues) => readForm(values, origin, kept, opened);
  const form = useForm<FormValues>({
    initialValues: valuesFrom(existing ?? start, existing !== null),
    validate: (values) => {
      const result = read(values);
      return 'errors' in result ? { ...result.errors } : {};
    },
  });
  const rules = useEndpoint(listRules, {});
  const create = useChange(createException, ['exceptions', 'rules', 'alerts']);
  const update = useChange(updateException, ['exceptions', 'rules', 'alerts']);
  const failed = create.error ?? update.error;
  // The effect does not depend on the words around the conditions.
  const checked = read({ ...form.values, name: 'check', reason: 'check', enabled: true });
  const draft = 'draft' in checked ? checked.draft : null;
  const [settled] = useDebouncedValue(draft === null ? null : JSON.stringify(draft), CHECK_PAUSE_MS);

  const submit = form.onSubmit((values) => {
    const final = read(values);
    if (!('draft' in final)) return;
    const saving = { why: '', override: '', closeMatching: false };
    const options = {
      onSuccess: () => {
        showDone(existing ? 'Exception changed' : 'Exception added: it applies from the next evaluation');
        onDone();
      },
    };
    if (existing) {
      const body = { ...final.draft, ...saving, version: existing.version };
      update.mutate({ params: { id: existing.id }, body }, options);
    } else create.mutate({ body: { ...final.draft, ...saving } }, options);
  });

  const { values } = form;
  const set = <Name extends keyof FormValues>(name: Name, value: FormValues[Name]) => {
    form.setValues({ [name]: value } as Partial<FormValues>);
    form.clearErrors();
  };
  const errorAt = (path: string) => (typeof form.errors[path] === 'string' ? form.errors[path] : null);
  return (
    <form
      className={classes['form']}
      onSubmit={submit}
      aria-label={existing ? 'Change the exception' : 'New exception'}
      noValidate
    >
      <div className={classes['pair']}>
        <SelectField
          label="Rule"
          required
          value={values.rule}
          options={(rules.data?.rules ?? []).map(({ slug, name }) => ({ value: slug, label: name }))}
          onChange={(rule) => set('rule', rule ?? '')}
          error={errorAt('rule')}
        />
        <TextField
          label="Name"
          required
          value={values.name}
          onChange={(name) => set('name', name)}
          error={errorAt('name')}
        />
      </div>
      <fieldset className={classes['entries']}>
        <legend>Conditions, all of which must hold</legend>
        {values.entries.map((entry, index) => (
          <EntryRow
            key={entry.key}
            entry={entry}
            number={index + 1}
            fieldError={errorAt(`entries.${index}.field`)}
            valueError={errorAt(`entries.${index}.value`)}
            onChange={(next) =>
              set(
                'entries',
                values.entries.map((one) => (one.key === entry.key ? next : one)),
              )
            }
            onRemove={
              values.entries.length > 1
                ? () =>
                    set(
                      'entries',
                      values.entries.filter((one) => one.key !== entry.key),
                    )
                : null
            }
          />
        ))}
        <Button icon={IconPlus} onClick={() => set('entries', [...values.entries, formEntry()])}>
          Add a condition
        </Button>
      </fieldset>
      <ChoiceField label="Acts" value={values.stage} options={STAGES} onChange={(stage) => set('stage', stage)} />
      {draft ? (
        <p className={classes['sentence']}>{visibleText(exceptionSentence(draft.entries, draft.stage))}</p>
      ) : null}
      <ExceptionCheck draftText={settled} replaces={existing?.id} />
      <TextArea
        label="Reason"
        required
        placeholder="Why this may be left out, and who said so"
        value={values.reason}
        onChange={(reason) => set('reason', reason)}
        error={errorAt('reason')}
      />
      <div className={classes['pair']}>
        <SelectField
          label="Expires"
          value={values.expiry}
          options={
            existing
              ? [{ value: 'keep', label: kept ? `at ${formatTime(kept, 'utc')} UTC` : 'never, as now' }, ...EXPIRIES]
              : EXPIRIES
          }
          onChange={(expiry) => expiry && set('expiry', expiry)}
        />
        <span className={classes['switch']}>
          <SwitchField label="Enabled" checked={values.enabled} onChange={(on) => set('enabled', on)} />
        </span>
      </div>
      {failed ? <Failure error={failed} /> : null}
      {failed && problemOf(failed).code === 'conflict' ? (
        <p className="dim">Somebody changed it in the meantime: close and open it again to see how.</p>
      ) : null}
      <div className={classes['buttons']}>
        {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
        <Button look="primary" type="submit" busy={create.isPending || update.isPending}>
          {existing ? 'Save the changes' : 'Create exception'}
        </Button>
      </div>
    </form>
  );
}
