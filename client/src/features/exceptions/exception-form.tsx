import { type FormEvent, useState } from 'react';
import { callEndpoint } from '#client/api/call.ts';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { problemOf } from '#client/format/problem.ts';
import { Button } from '#client/ui/button.tsx';
import { ButtonRow } from '#client/ui/button-row.tsx';
import { CheckField } from '#client/ui/fields/check-field.tsx';
import { ChoiceField } from '#client/ui/fields/choice-field.tsx';
import { SelectField } from '#client/ui/fields/select-field.tsx';
import { TextArea } from '#client/ui/fields/text-area.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { Failure } from '#client/ui/states.tsx';
import { showProblem } from '#client/ui/toast.tsx';
import { caseFromAlert, listExceptionLists } from '#shared/api/exceptions.ts';
import { listRules } from '#shared/api/rules.ts';
import { plural } from '#shared/base/counts.ts';
import type { Exception, ExceptionDraft } from '#shared/exceptions/item.ts';
import { exceptionSentence } from '#shared/exceptions/sentence.ts';
import { AroundFields } from './around-fields.tsx';
import { Conditions } from './conditions.tsx';
import { ExceptionCheck } from './exception-check.tsx';
import classes from './exceptions.module.css';
import { KeptCases } from './kept-cases.tsx';
import { useSaveException } from './save-exception.ts';
import { useDraft } from './use-draft.ts';
import { RANGES, type RangeName, usePreview } from './use-preview.ts';

const STAGES = [
  {
    value: 'event',
    label: 'Before counting: leave out events',
    description:
      'Matching events are not counted at all, as Elastic does it. Counts of others can sink, so a group may start to alert.',
  },
  {
    value: 'result',
    label: 'After counting: leave out results',
    description:
      'The rule counts everything; matching result rows raise no alert. Only columns of the result can be asked. Kibana has no such stage.',
  },
] as const;

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
  const { values, draft, change, set, errorAt, finish } = useDraft(start, existing);
  const rules = useEndpoint(listRules, {});
  const { save, failed, busy } = useSaveException(existing, onDone);
  const [range, setRange] = useState<RangeName>('all');
  const [override, setOverride] = useState('');
  const [why, setWhy] = useState('');
  const [closeMatching, setCloseMatching] = useState(false);
  const preview = usePreview(draft, existing?.id, range);
  const check = preview.complete ? preview.query.data : undefined;
  const troubled = (check?.newTruePositives ?? 0) + (check?.brokenCases.length ?? 0) > 0;
  const lists = useEndpoint(listExceptionLists, {}).data?.lists ?? [];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const final = finish();
    if (final) save(final, { why: why.trim(), override: override.trim(), closeMatching });
  };
  const keep = (alert: string): void =>
    void callEndpoint(caseFromAlert, { query: { alert } }).then(
      (one) => change(({ cases }) => ({ cases: [...cases.filter(({ name }) => name !== one.name), one] })),
      showProblem,
    );
  return (
    <form
      className={classes['withEffect']}
      onSubmit={submit}
      aria-label={existing ? 'Change the exception' : 'New exception'}
      noValidate
    >
      <div className={classes['parts']}>
        <div className={classes['part']}>
          <div className={classes['pair']}>
            <SelectField
              label="For"
              value={values.list}
              options={[
                { value: '', label: 'one rule' },
                ...lists.map(({ id, name, rules: attached }) => ({
                  value: id,
                  label: `the list ${name} (${plural(attached.length, 'rule')})`,
                })),
              ]}
              onChange={(list) => set('list', list ?? '')}
            />
            {values.list === '' ? (
              <SelectField
                label="Rule"
                required
                value={values.rule}
                options={(rules.data?.rules ?? []).map(({ slug, name }) => ({ value: slug, label: name }))}
                onChange={(rule) => set('rule', rule ?? '')}
                error={errorAt('rule')}
              />
            ) : null}
            <TextField
              label="Name"
              required
              value={values.name}
              onChange={(name) => set('name', name)}
              error={errorAt('name')}
            />
          </div>
          <Conditions
            entries={values.entries}
            held={check?.entries}
            errorAt={errorAt}
            onChange={(entries) => set('entries', entries)}
          />
          <ChoiceField label="Acts" value={values.stage} options={STAGES} onChange={(stage) => set('stage', stage)} />
          {draft ? (
            <p className={classes['sentence']}>{visibleText(exceptionSentence(draft.entries, draft.stage))}</p>
          ) : null}
        </div>
        <div className={classes['effect']}>
          <SelectField
            label="Preview over"
            value={range}
            options={RANGES}
            onChange={(next) => next && setRange(next)}
          />
          <ExceptionCheck query={preview.query} complete={preview.complete} onKeep={keep} />
          <KeptCases cases={values.cases} onChange={(cases) => set('cases', cases)} />
          {troubled ? (
            <TextArea
              label="Why it may be saved all the same"
              required
              placeholder="At least ten characters; kept in its history"
              value={override}
              onChange={setOverride}
            />
          ) : null}
          {(check?.removed ?? 0) > 0 ? (
            <CheckField
              label="Close the open alerts among the removed, as false positives (can be undone)"
              checked={closeMatching}
              onChange={setCloseMatching}
            />
          ) : null}
        </div>
        <div className={classes['part']}>
          <AroundFields
            values={values}
            set={set}
            errorAt={errorAt}
            kept={existing && { expiresAt: existing.expiresAt }}
          />
          {existing ? (
            <TextField label="Why it changes" placeholder="Kept in its history" value={why} onChange={setWhy} />
          ) : null}
          {failed ? <Failure error={failed} /> : null}
          {failed && problemOf(failed).code === 'conflict' ? (
            <p className="dim">Somebody changed it in the meantime: close and open it again to see how.</p>
          ) : null}
          <ButtonRow>
            {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
            <Button look="primary" type="submit" busy={busy}>
              {existing ? 'Save the changes' : 'Create exception'}
            </Button>
          </ButtonRow>
        </div>
      </div>
    </form>
  );
}
