import { useDebouncedValue } from '@mantine/hooks';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { SuggestField } from '#client/ui/fields/suggest-field.tsx';
import { fieldValues } from '#shared/api/events.ts';
import type { FormEntry } from './form-values.ts';

const PAUSE_MS = 250;

/** A value or a pattern, with values of the data that begin so. */
export function ValueField({
  entry,
  known,
  name,
  error,
  onChange,
}: {
  readonly entry: FormEntry;
  readonly known: boolean;
  readonly name: string;
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
      label={`Value of ${name}`}
      placeholder={entry.type === 'wildcard' ? 'pattern' : 'value'}
      value={entry.value}
      suggestions={known ? (values.data?.values ?? []).map(({ value }) => value) : []}
      error={error}
      onChange={onChange}
    />
  );
}
