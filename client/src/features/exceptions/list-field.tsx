import { useEndpoint } from '#client/api/use-endpoint.ts';
import { SelectField } from '#client/ui/fields/select-field.tsx';
import { listValueLists } from '#shared/api/exceptions.ts';
import { plural } from '#shared/base/counts.ts';
import type { FormEntry } from './form-values.ts';

/** One of the lists of values; one that is gone stays to be seen. */
export function ListField({
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
