import { useEndpoint } from '#client/api/use-endpoint.ts';
import { NumberField } from '#client/ui/fields/number-field.tsx';
import { SelectField } from '#client/ui/fields/select-field.tsx';
import { SearchField } from '#client/ui/search-field.tsx';
import { TimeRange } from '#client/ui/time-range.tsx';
import { listFields } from '#shared/api/events.ts';
import { listRules } from '#shared/api/rules.ts';
import type { Thresholds } from '#shared/rarity/thresholds.ts';
import classes from './rarity.module.css';
import { MOST_FIELDS, type RaritySearch } from './rarity-search.ts';

const SORTS = [
  { value: 'rarest', label: 'rarest first' },
  { value: 'outside', label: 'just outside first' },
  { value: 'frequent', label: 'most frequent first' },
  { value: 'latest', label: 'latest first' },
] as const;

export function RarityControls({
  search,
  thresholds,
  onChange,
}: {
  readonly search: RaritySearch;
  /** Those that groups are judged by. */
  readonly thresholds: Thresholds;
  readonly onChange: (change: Partial<RaritySearch>) => void;
}) {
  const rules = useEndpoint(listRules, {});
  const options = (rules.data?.rules ?? []).map(({ slug, name }) => ({ value: slug, label: name }));
  const rarityRule = rules.data?.rules.find(({ type }) => type === 'esql')?.slug ?? null;
  return (
    <div className={classes['controls']}>
      <SelectField
        label="Filter of rule"
        width={250}
        value={search.rule ?? rarityRule}
        options={options}
        onChange={(rule) => onChange({ rule: rule ?? undefined, count: undefined, agents: undefined })}
      />
      <FieldChoice by={search.by} onChange={(by) => onChange({ by })} />
      <NumberField
        label="Fewer events than"
        width={112}
        min={1}
        max={1_000_000}
        value={thresholds.count}
        onChange={(count) => onChange({ count })}
      />
      <NumberField
        label="Agents at most"
        width={104}
        min={1}
        max={100_000}
        value={thresholds.agents}
        onChange={(agents) => onChange({ agents })}
      />
      <SelectField
        label="Order"
        width={146}
        value={search.sort}
        options={SORTS}
        onChange={(sort) => sort && onChange({ sort })}
      />
      <div className={classes['bare']}>
        <TimeRange value={{ from: search.from, to: search.to }} onChange={({ from, to }) => onChange({ from, to })} />
        <SearchField
          label="With the text"
          placeholder="With the text"
          width={150}
          value={search.text}
          onChange={(text) => onChange({ text })}
        />
      </div>
    </div>
  );
}

/** One to three fields, one control each; the next one comes when the last is chosen. */
function FieldChoice({ by, onChange }: { readonly by: readonly string[]; readonly onChange: (by: string[]) => void }) {
  const fields = useEndpoint(listFields, {});
  const names = (fields.data?.fields ?? []).filter(({ name, type }) => type !== 'date' && !name.startsWith('@'));
  const options = [...new Set([...by, ...names.map(({ name }) => name)])]
    .sort()
    .map((value) => ({ value, label: value }));
  return Array.from({ length: Math.min(MOST_FIELDS, by.length + 1) }, (_, at) => (
    <SelectField
      // biome-ignore lint/suspicious/noArrayIndexKey: the control of the first, second and third field
      key={at}
      label={at === 0 ? 'Count by' : 'and by'}
      placeholder={at === 0 ? 'the rule’s own keys' : 'no more'}
      width={at < by.length || at === 0 ? 190 : 100}
      searchable
      clearable
      value={by[at] ?? null}
      options={options.filter(({ value }) => value === by[at] || !by.includes(value))}
      onChange={(next) =>
        onChange(next === null ? by.filter((_field, index) => index !== at) : by.toSpliced(at, 1, next))
      }
    />
  ));
}
