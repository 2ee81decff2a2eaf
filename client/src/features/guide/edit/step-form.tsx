import { CheckField } from '#client/ui/fields/check-field.tsx';
import { SelectField } from '#client/ui/fields/select-field.tsx';
import { TextArea } from '#client/ui/fields/text-area.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { FINDING_WORDS } from '#shared/guide/finding-words.ts';
import { findingSchema, type GuideStep, USUAL_FINDINGS } from '#shared/guide/guide.ts';
import { CommandRows, ConditionRows } from './form-rows.tsx';
import type { FaultAt } from './guide-changes.ts';
import classes from './guide-editor.module.css';
import { ListField } from './list-field.tsx';
import { QueryFields } from './query-fields.tsx';

const KINDS = [
  { value: 'investigate', label: 'Investigate: a question' },
  { value: 'false-positive', label: 'False positive: a benign explanation' },
  { value: 'respond', label: 'Respond: something to do' },
] as const;

/** All that a step has, with what is wrong at its field. */
export function StepForm({
  step,
  hints,
  faultAt,
  onChange,
}: {
  readonly step: GuideStep;
  /** Names of automatic hints. */
  readonly hints: readonly string[];
  readonly faultAt: FaultAt;
  readonly onChange: (part: Partial<GuideStep>) => void;
}) {
  const toggled = <Item,>(items: readonly Item[], item: Item, on: boolean): Item[] =>
    on ? [...items, item] : items.filter((one) => one !== item);
  return (
    <div className={classes['form']}>
      <div className={classes['pair']}>
        <TextField
          label="Title"
          required
          value={step.title}
          error={faultAt('title')}
          onChange={(title) => onChange({ title })}
        />
        <SelectField
          label="Kind"
          value={step.kind}
          options={KINDS}
          onChange={(kind) => kind && onChange({ kind, findings: [...USUAL_FINDINGS[kind]] })}
        />
      </div>
      <TextArea
        label="Question or task"
        hint="Markdown"
        required
        value={step.ask}
        error={faultAt('ask')}
        onChange={(ask) => onChange({ ask })}
      />
      <TextArea
        label="Why it matters, and how to read what one finds"
        hint="Markdown"
        rows={4}
        value={step.detail}
        onChange={(detail) => onChange({ detail })}
      />
      <ListField
        label="Fields shown"
        hint="With commas"
        value={step.fields}
        error={faultAt('fields')}
        onChange={(fields) => onChange({ fields })}
      />
      <QueryFields query={step.query} faultAt={faultAt} onChange={(query) => onChange({ query })} />
      <fieldset>
        <legend>Automatic hints</legend>
        <div className={classes['checks']}>
          {hints.map((name) => (
            <CheckField
              key={name}
              label={hintWords(name)}
              checked={step.hints.includes(name)}
              onChange={(on) => onChange({ hints: toggled(step.hints, name, on) })}
            />
          ))}
        </div>
        <ConditionRows rows={step.conditions} faultAt={faultAt} onChange={(conditions) => onChange({ conditions })} />
      </fieldset>
      <fieldset>
        <legend>Answers offered</legend>
        <div className={classes['checks']}>
          {findingSchema.options.map((finding) => (
            <CheckField
              key={finding}
              label={FINDING_WORDS[finding]}
              checked={step.findings.includes(finding)}
              onChange={(on) => {
                const findings = toggled(step.findings, finding, on);
                if (findings.length > 0) onChange({ findings });
              }}
            />
          ))}
        </div>
      </fieldset>
      <TextField
        label="What the step does not cover"
        value={step.notCovered ?? ''}
        onChange={(text) => onChange({ notCovered: text === '' ? null : text })}
      />
      <ListField
        label="Fields an exception is prefilled with"
        hint="In order of preference; those that every event of the alert has are taken"
        value={step.exceptionFields}
        error={faultAt('exceptionFields')}
        onChange={(exceptionFields) => onChange({ exceptionFields })}
      />
      <CommandRows rows={step.commands} faultAt={faultAt} onChange={(commands) => onChange({ commands })} />
    </div>
  );
}

/** `working-directory` as `Working directory`. */
const hintWords = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`;
