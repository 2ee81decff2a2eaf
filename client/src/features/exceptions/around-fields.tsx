import { formatTime } from '#client/format/time.ts';
import { CheckField } from '#client/ui/fields/check-field.tsx';
import { SelectField } from '#client/ui/fields/select-field.tsx';
import { SwitchField } from '#client/ui/fields/switch-field.tsx';
import { TextArea } from '#client/ui/fields/text-area.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { osTypeSchema } from '#shared/exceptions/item.ts';
import classes from './exceptions.module.css';
import type { Expiry, FormValues } from './form-values.ts';

const OS_TYPES = osTypeSchema.options;

const EXPIRIES: readonly { readonly value: Expiry; readonly label: string }[] = [
  { value: '7', label: 'in 7 days' },
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
  { value: 'never', label: 'never' },
];

/** What an exception says beside its conditions: why, until when, and where. */
export function AroundFields({
  values,
  set,
  errorAt,
  kept,
}: {
  readonly values: FormValues;
  readonly set: <Name extends keyof FormValues>(name: Name, value: FormValues[Name]) => void;
  readonly errorAt: (path: string) => string | null;
  /** When the exception that is changed expires; null for a new one. */
  readonly kept: { readonly expiresAt: string | null } | null;
}) {
  return (
    <>
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
          options={kept ? [{ value: 'keep', label: keptLabel(kept.expiresAt) }, ...EXPIRIES] : EXPIRIES}
          onChange={(expiry) => expiry && set('expiry', expiry)}
        />
        <TextField
          label="Tags"
          placeholder="separated by commas"
          value={values.tags}
          onChange={(tags) => set('tags', tags)}
        />
        <fieldset className={classes['systems']}>
          <legend>Only on</legend>
          {OS_TYPES.map((os) => (
            <CheckField
              key={os}
              label={os}
              checked={values.osTypes.includes(os)}
              onChange={(on) =>
                set(
                  'osTypes',
                  OS_TYPES.filter((one) => (one === os ? on : values.osTypes.includes(one))),
                )
              }
            />
          ))}
        </fieldset>
        <span className={classes['switch']}>
          <SwitchField label="Enabled" checked={values.enabled} onChange={(on) => set('enabled', on)} />
        </span>
      </div>
    </>
  );
}

const keptLabel = (expiresAt: string | null): string =>
  expiresAt === null ? 'never, as now' : `at ${formatTime(expiresAt, 'utc')} UTC`;
