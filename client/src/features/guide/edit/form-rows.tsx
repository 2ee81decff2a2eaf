import { Button, IconButton } from '#client/ui/button.tsx';
import { SelectField } from '#client/ui/fields/select-field.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { IconPlus, IconTrash } from '#client/ui/icons.ts';
import type { GuideStep } from '#shared/guide/guide.ts';
import type { FaultAt } from './guide-changes.ts';
import classes from './guide-editor.module.css';

const LEANINGS = [
  { value: 'suspicious', label: 'leans suspicious' },
  { value: 'expected', label: 'leans expected' },
  { value: 'neutral', label: 'is worth a note' },
] as const;

const replaced = <Row,>(rows: readonly Row[], at: number, row: Row): Row[] =>
  rows.map((one, i) => (i === at ? row : one));
const without = <Row,>(rows: readonly Row[], at: number): Row[] => rows.filter((_, i) => i !== at);

/** Hints by what holds for an event of the alert. */
export function ConditionRows({
  rows,
  faultAt,
  onChange,
}: {
  readonly rows: GuideStep['conditions'];
  readonly faultAt: FaultAt;
  readonly onChange: (rows: GuideStep['conditions']) => void;
}) {
  return (
    <>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their order
        <div key={at} className={classes['row']}>
          <TextField
            label={`Where an event of the alert matches, hint ${at + 1}`}
            mono
            value={row.kql}
            error={faultAt(`conditions.${at}.kql`)}
            onChange={(kql) => onChange(replaced(rows, at, { ...row, kql }))}
          />
          <div className={classes['pair']}>
            <SelectField
              label={`Leaning of hint ${at + 1}`}
              value={row.leaning}
              options={LEANINGS}
              onChange={(leaning) => leaning && onChange(replaced(rows, at, { ...row, leaning }))}
            />
            <TextField
              label={`Reason of hint ${at + 1}`}
              value={row.reason}
              error={faultAt(`conditions.${at}.reason`)}
              onChange={(reason) => onChange(replaced(rows, at, { ...row, reason }))}
            />
          </div>
          <IconButton label={`Remove hint ${at + 1}`} icon={IconTrash} onClick={() => onChange(without(rows, at))} />
        </div>
      ))}
      <Button icon={IconPlus} onClick={() => onChange([...rows, { kql: '', leaning: 'suspicious', reason: '' }])}>
        Add a hint of your own
      </Button>
    </>
  );
}

/** Commands to copy. */
export function CommandRows({
  rows,
  faultAt,
  onChange,
}: {
  readonly rows: GuideStep['commands'];
  readonly faultAt: FaultAt;
  readonly onChange: (rows: GuideStep['commands']) => void;
}) {
  return (
    <fieldset>
      <legend>Commands to copy, never executed here</legend>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their order
        <div key={at} className={classes['row']}>
          <TextField
            label={`What command ${at + 1} does`}
            value={row.label}
            error={faultAt(`commands.${at}.label`)}
            onChange={(label) => onChange(replaced(rows, at, { ...row, label }))}
          />
          <TextField
            label={`Command ${at + 1}`}
            hint="{{field}} becomes a quoted word"
            mono
            value={row.command}
            error={faultAt(`commands.${at}.command`)}
            onChange={(command) => onChange(replaced(rows, at, { ...row, command }))}
          />
          <IconButton label={`Remove command ${at + 1}`} icon={IconTrash} onClick={() => onChange(without(rows, at))} />
        </div>
      ))}
      <Button icon={IconPlus} onClick={() => onChange([...rows, { label: '', command: '' }])}>
        Add a command
      </Button>
    </fieldset>
  );
}
