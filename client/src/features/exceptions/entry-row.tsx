import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Button, IconButton } from '#client/ui/button.tsx';
import { SelectField } from '#client/ui/fields/select-field.tsx';
import { SuggestField } from '#client/ui/fields/suggest-field.tsx';
import { TextArea } from '#client/ui/fields/text-area.tsx';
import { IconPlus, IconTrash } from '#client/ui/icons.ts';
import { listFields } from '#shared/api/events.ts';
import { Held, ShapeOffer } from './entry-hints.tsx';
import type { Check } from './exception-check.tsx';
import classes from './exceptions.module.css';
import { type FormEntry, formEntry } from './form-values.ts';
import { ListField } from './list-field.tsx';
import { OPERATIONS, WITHIN } from './operations.ts';
import { ValueField } from './value-field.tsx';

const SUGGESTED = 60;

/** One condition: field, operation, value, with suggestions from the data and what it holds for. */
export function EntryRow({
  entry,
  name,
  errorAt,
  path,
  held,
  within = false,
  onChange,
  onRemove,
}: {
  readonly entry: FormEntry;
  /** How it is called to who cannot see where it stands: `condition 2`. */
  readonly name: string;
  readonly errorAt: (path: string) => string | null;
  readonly path: string;
  /** Events and alerts that it holds for by itself. */
  readonly held?: Check['entries'][number] | undefined;
  readonly within?: boolean;
  readonly onChange: (entry: FormEntry) => void;
  readonly onRemove: (() => void) | null;
}) {
  const fields = useEndpoint(listFields, {});
  const names = (fields.data?.fields ?? []).map((field) => field.name);
  const matching = names.filter((one) => one.includes(entry.field.trim().toLowerCase())).slice(0, SUGGESTED);
  const operations = within ? WITHIN : OPERATIONS;
  const operation = operations.find(({ value }) => value === `${entry.type} ${entry.operator}`) ?? OPERATIONS[0];
  const valueError = errorAt(`${path}.value`) ?? errorAt(`${path}.list`) ?? errorAt(`${path}.entries`);
  return (
    <div className={classes['entry']}>
      <SuggestField
        bare
        mono
        label={`Field of ${name}`}
        placeholder="field"
        value={entry.field}
        suggestions={within ? [] : matching}
        error={errorAt(`${path}.field`)}
        onChange={(field) => onChange({ ...entry, field })}
      />
      <SelectField
        bare
        label={`Operation of ${name}`}
        value={operation.value}
        options={operations}
        onChange={(next) => {
          const [type, operator] = (next ?? operation.value).split(' ') as [FormEntry['type'], FormEntry['operator']];
          const entries = type === 'nested' && entry.entries.length === 0 ? [formEntry()] : entry.entries;
          onChange({ ...entry, type, operator, entries });
        }}
      />
      <div className={classes['values']}>
        <Values
          entry={entry}
          name={name}
          known={!within && names.includes(entry.field.trim())}
          error={valueError}
          onChange={onChange}
          errorAt={errorAt}
          path={path}
        />
        <ShapeOffer entry={entry} onChange={onChange} />
        {held ? <Held held={held} /> : null}
      </div>
      {onRemove ? <IconButton label={`Remove ${name}`} icon={IconTrash} onClick={onRemove} /> : <span />}
    </div>
  );
}

function Values({
  entry,
  name,
  known,
  error,
  errorAt,
  path,
  onChange,
}: {
  readonly entry: FormEntry;
  readonly name: string;
  readonly known: boolean;
  readonly error: string | null;
  readonly errorAt: (path: string) => string | null;
  readonly path: string;
  readonly onChange: (entry: FormEntry) => void;
}) {
  switch (entry.type) {
    case 'exists':
      return null;
    case 'match_any':
      return (
        <TextArea
          bare
          mono
          label={`Values of ${name}, one a line`}
          placeholder="one value a line"
          rows={3}
          value={entry.values}
          error={error}
          onChange={(values) => onChange({ ...entry, values })}
        />
      );
    case 'list':
      return <ListField entry={entry} name={name} error={error} onChange={onChange} />;
    case 'nested':
      return <NestedFields entry={entry} name={name} errorAt={errorAt} path={path} onChange={onChange} />;
    default:
      return (
        <ValueField
          entry={entry}
          known={known}
          name={name}
          error={error}
          onChange={(value) => onChange({ ...entry, value })}
        />
      );
  }
}

/** Conditions that one and the same object meets. */
function NestedFields({
  entry,
  name,
  errorAt,
  path,
  onChange,
}: {
  readonly entry: FormEntry;
  readonly name: string;
  readonly errorAt: (path: string) => string | null;
  readonly path: string;
  readonly onChange: (entry: FormEntry) => void;
}) {
  const replace = (entries: readonly FormEntry[]) => onChange({ ...entry, entries });
  return (
    <div className={classes['nested']}>
      {entry.entries.map((one, index) => (
        <EntryRow
          key={one.key}
          within
          entry={one}
          name={`${name}, part ${index + 1}`}
          errorAt={errorAt}
          path={`${path}.entries.${index}`}
          onChange={(next) => replace(entry.entries.map((other) => (other.key === one.key ? next : other)))}
          onRemove={entry.entries.length > 1 ? () => replace(entry.entries.filter(({ key }) => key !== one.key)) : null}
        />
      ))}
      <Button icon={IconPlus} onClick={() => replace([...entry.entries, formEntry()])}>
        Add a part
      </Button>
    </div>
  );
}
