import { useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Button, IconButton } from '#client/ui/button.tsx';
import { SelectField } from '#client/ui/fields/select-field.tsx';
import { SuggestField } from '#client/ui/fields/suggest-field.tsx';
import { TextArea } from '#client/ui/fields/text-area.tsx';
import { IconPlus, IconTrash } from '#client/ui/icons.ts';
import { listFields } from '#shared/api/events.ts';
import { listValueLists } from '#shared/api/exceptions.ts';
import { plural } from '#shared/base/counts.ts';
import { shapePattern } from '#shared/exceptions/shape-pattern.ts';
import type { Check } from './exception-check.tsx';
import classes from './exceptions.module.css';
import { type FormEntry, formEntry } from './form-values.ts';
import { ValueField } from './value-field.tsx';

const OPERATIONS = [
  { value: 'match included', label: 'is' },
  { value: 'match excluded', label: 'is not' },
  { value: 'match_any included', label: 'is one of' },
  { value: 'match_any excluded', label: 'is not one of' },
  { value: 'wildcard included', label: 'matches (* and ?)' },
  { value: 'wildcard excluded', label: 'does not match' },
  { value: 'exists included', label: 'exists' },
  { value: 'exists excluded', label: 'does not exist' },
  { value: 'list included', label: 'is in list' },
  { value: 'list excluded', label: 'is not in list' },
  { value: 'nested included', label: 'has an object where' },
] as const;

/** What an object of a list can be asked: Kibana allows no patterns and no lists in there. */
const WITHIN = OPERATIONS.filter(({ value }) => /^(match|match_any|exists) /.test(value));

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

/** The value's shape as a pattern, where parts of it vary from run to run. */
function ShapeOffer({ entry, onChange }: { readonly entry: FormEntry; readonly onChange: (entry: FormEntry) => void }) {
  const shaped = entry.type === 'match' && /command_line|directory/.test(entry.field);
  const pattern = shaped ? shapePattern(entry.value) : null;
  if (pattern === null) return null;
  return (
    <button
      type="button"
      className={classes['offer']}
      onClick={() => onChange({ ...entry, type: 'wildcard', value: pattern })}
    >
      Match the shape: <code>{visibleText(pattern)}</code>
    </button>
  );
}

function Held({ held: { events, alerts } }: { readonly held: Check['entries'][number] }) {
  const counts = [
    ...(events === null ? [] : [plural(events, 'event')]),
    ...(alerts === null ? [] : [plural(alerts, 'alert')]),
  ];
  if (counts.length === 0) return null;
  return (
    <p className={classes['held']} data-none={(events ?? alerts) === 0}>
      holds for {counts.join(', ')}
    </p>
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

function ListField({
  entry,
  name,
  error,
  onChange,
}: {
  readonly entry: FormEntry;
  readonly name: string;
  readonly error: string | null;
  readonly onChange: (entry: FormEntry) => void;
}) {
  const lists = useEndpoint(listValueLists, {}).data?.lists ?? [];
  const options = lists.map((list) => ({
    value: list.id,
    label: `${list.name} (${plural(list.values.length, 'value')})`,
  }));
  const missing = entry.list !== '' && !lists.some(({ id }) => id === entry.list);
  return (
    <SelectField
      bare
      label={`List of ${name}`}
      placeholder={lists.length === 0 ? 'no list of values yet: add one under Lists' : 'list of values'}
      value={entry.list === '' ? null : entry.list}
      options={missing ? [...options, { value: entry.list, label: `${entry.list} (missing)` }] : options}
      error={error}
      onChange={(id) => {
        const chosen = lists.find((list) => list.id === id);
        onChange({ ...entry, list: id ?? '', listType: chosen?.type ?? entry.listType });
      }}
    />
  );
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
