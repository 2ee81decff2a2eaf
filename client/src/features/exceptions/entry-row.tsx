import { useDebouncedValue } from '@mantine/hooks';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { IconButton } from '#client/ui/button.tsx';
import { SelectField, SuggestField, TextArea } from '#client/ui/fields.tsx';
import { IconTrash } from '#client/ui/icons.ts';
import { fieldValues, listFields } from '#shared/api/events.ts';
import classes from './exceptions.module.css';
import type { FormEntry } from './form-values.ts';

const OPERATIONS = [
  { value: 'match included', label: 'is' },
  { value: 'match excluded', label: 'is not' },
  { value: 'match_any included', label: 'is one of' },
  { value: 'match_any excluded', label: 'is not one of' },
  { value: 'wildcard included', label: 'matches (* and ?)' },
  { value: 'wildcard excluded', label: 'does not match' },
  { value: 'exists included', label: 'exists' },
  { value: 'exists excluded', label: 'does not exist' },
] as const;

const PAUSE_MS = 250;
const SUGGESTED = 60;

/** One condition: field, operation, value, with suggestions from the data. */
export function EntryRow({
  entry,
  number,
  fieldError,
  valueError,
  onChange,
  onRemove,
}: {
  readonly entry: FormEntry;
  readonly number: number;
  readonly fieldError: string | null;
  readonly valueError: string | null;
  readonly onChange: (entry: FormEntry) => void;
  readonly onRemove: (() => void) | null;
}) {
  const fields = useEndpoint(listFields, {});
  const names = (fields.data?.fields ?? []).map(({ name }) => name);
  const matching = names.filter((name) => name.includes(entry.field.trim().toLowerCase())).slice(0, SUGGESTED);
  const operation = OPERATIONS.find(({ value }) => value === `${entry.type} ${entry.operator}`) ?? OPERATIONS[0];
  return (
    <div className={classes['entry']}>
      <SuggestField
        bare
        mono
        label={`Field of condition ${number}`}
        placeholder="field"
        value={entry.field}
        suggestions={matching}
        error={fieldError}
        onChange={(field) => onChange({ ...entry, field })}
      />
      <SelectField
        bare
        label={`Operation of condition ${number}`}
        value={operation.value}
        options={OPERATIONS}
        onChange={(next) => {
          const [type, operator] = (next ?? operation.value).split(' ') as [FormEntry['type'], FormEntry['operator']];
          onChange({ ...entry, type, operator });
        }}
      />
      {entry.type === 'exists' ? <span /> : null}
      {entry.type === 'match_any' ? (
        <TextArea
          bare
          mono
          label={`Values of condition ${number}, one a line`}
          placeholder="one value a line"
          rows={3}
          value={entry.values}
          error={valueError}
          onChange={(values) => onChange({ ...entry, values })}
        />
      ) : null}
      {entry.type === 'match' || entry.type === 'wildcard' ? (
        <ValueField
          entry={entry}
          known={names.includes(entry.field.trim())}
          number={number}
          error={valueError}
          onChange={(value) => onChange({ ...entry, value })}
        />
      ) : null}
      {onRemove ? <IconButton label={`Remove condition ${number}`} icon={IconTrash} onClick={onRemove} /> : <span />}
    </div>
  );
}

function ValueField({
  entry,
  known,
  number,
  error,
  onChange,
}: {
  readonly entry: FormEntry;
  readonly known: boolean;
  readonly number: number;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
}) {
  const [typed] = useDebouncedValue(entry.value, PAUSE_MS);
  const prefix = typed.replace(/[*?].*$/, '').slice(0, 500);
  const values = useEndpoint(
    fieldValues,
    { params: { field: entry.field.trim() || '-' }, query: { prefix, limit: 20 } },
    { enabled: known, keepPrevious: true },
  );
  return (
    <SuggestField
      bare
      mono
      label={`Value of condition ${number}`}
      placeholder={entry.type === 'wildcard' ? 'pattern' : 'value'}
      value={entry.value}
      suggestions={known ? (values.data?.values ?? []).map(({ value }) => value) : []}
      error={error}
      onChange={onChange}
    />
  );
}
