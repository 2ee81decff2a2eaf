import { SEVERITY_WORDS } from '#client/format/words.ts';
import { NumberField } from '#client/ui/fields/number-field.tsx';
import { SelectField } from '#client/ui/fields/select-field.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { type Rule, severitySchema } from '#shared/rule/rule.ts';
import type { EditValues, problemsOf } from './edit-values.ts';
import classes from './rules.module.css';

export function EditSettings({
  rule,
  values,
  problems,
  onChange,
}: {
  readonly rule: Rule;
  readonly values: EditValues;
  readonly problems: ReturnType<typeof problemsOf>;
  readonly onChange: (part: Partial<EditValues>) => void;
}) {
  return (
    <div className={classes['form']}>
      <TextField label="Name" value={values.name} error={problems.name} onChange={(name) => onChange({ name })} />
      <div className={classes['pair']}>
        <TextField
          label="Runs every"
          hint="Its schedule"
          value={values.interval}
          error={problems.interval}
          onChange={(interval) => onChange({ interval })}
        />
        <TextField
          label="Looks back"
          hint="Longer, for late events"
          value={values.window}
          error={problems.window}
          onChange={(window) => onChange({ window })}
        />
      </div>
      <div className={classes['pair']}>
        <NumberField
          label="Most alerts a run"
          value={values.maxSignals}
          min={1}
          max={10_000}
          onChange={(maxSignals) => onChange({ maxSignals })}
        />
        <SelectField
          label="Severity"
          value={values.severity}
          options={severitySchema.options.map((value) => ({ value, label: SEVERITY_WORDS[value] }))}
          onChange={(severity) => severity && onChange({ severity })}
        />
        <NumberField
          label="Risk score"
          value={values.riskScore}
          min={0}
          max={100}
          onChange={(riskScore) => onChange({ riskScore })}
        />
      </div>
      {rule.newTerms ? (
        <>
          <TextField
            label="New terms"
            hint="One to three fields, with commas"
            mono
            value={values.termFields}
            error={problems.termFields}
            onChange={(termFields) => onChange({ termFields })}
          />
          <TextField
            label="Not seen before in"
            value={values.history}
            error={problems.history}
            onChange={(history) => onChange({ history })}
          />
        </>
      ) : null}
      {rule.threshold ? (
        <>
          <TextField
            label="Grouped by"
            hint="Fields with commas; none: all events together"
            mono
            value={values.groupFields}
            onChange={(groupFields) => onChange({ groupFields })}
          />
          <NumberField
            label="At least so many events"
            value={values.least}
            min={1}
            max={1_000_000_000}
            onChange={(least) => onChange({ least })}
          />
          <div className={classes['pair']}>
            <TextField
              label="Distinct values of"
              hint="A field; none: not asked"
              mono
              value={values.countedField}
              onChange={(countedField) => onChange({ countedField })}
            />
            <NumberField
              label="At least so many values"
              hint="In each group"
              value={values.leastValues}
              min={1}
              max={1_000_000_000}
              onChange={(leastValues) => onChange({ leastValues })}
            />
          </div>
        </>
      ) : null}
    </div>
  );
}
