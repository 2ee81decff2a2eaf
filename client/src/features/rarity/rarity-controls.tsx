import { useEndpoint } from '#client/api/use-endpoint.ts';
import { NumberField, SelectField } from '#client/ui/fields.tsx';
import { SearchField } from '#client/ui/search-field.tsx';
import { TimeRange } from '#client/ui/time-range.tsx';
import { listRules } from '#shared/api/rules.ts';
import classes from './rarity.module.css';
import { RARITY_FIELDS, type RaritySearch } from './rarity-search.ts';

const FIELDS = RARITY_FIELDS.map((value) => ({ value, label: value === 'rule' ? 'the rule’s own keys' : value }));
const SORTS = [
  { value: 'rarest', label: 'rarest first' },
  { value: 'frequent', label: 'most frequent first' },
  { value: 'latest', label: 'latest first' },
] as const;

export function RarityControls({
  search,
  onChange,
}: {
  readonly search: RaritySearch;
  readonly onChange: (change: Partial<RaritySearch>) => void;
}) {
  const rules = useEndpoint(listRules, {});
  const options = (rules.data?.rules ?? []).map(({ slug, name }) => ({ value: slug, label: name }));
  const rarityRule = rules.data?.rules.find(({ type }) => type === 'esql')?.slug ?? null;
  return (
    <div className={classes['controls']}>
      <SelectField
        label="Filter of rule"
        width={300}
        value={search.rule ?? rarityRule}
        options={options}
        onChange={(rule) => onChange({ rule: rule ?? undefined })}
      />
      <SelectField
        label="Count by"
        width={210}
        value={search.by}
        options={FIELDS}
        onChange={(by) => by && onChange({ by })}
      />
      <NumberField
        label="Fewer events than"
        width={112}
        min={1}
        max={1_000_000}
        value={search.count}
        onChange={(count) => onChange({ count })}
      />
      <NumberField
        label="Agents at most"
        width={104}
        min={1}
        max={100_000}
        value={search.agents}
        onChange={(agents) => onChange({ agents })}
      />
      <SelectField
        label="Order"
        width={160}
        value={search.sort}
        options={SORTS}
        onChange={(sort) => sort && onChange({ sort })}
      />
      <div className={classes['bare']}>
        <TimeRange value={{ from: search.from, to: search.to }} onChange={({ from, to }) => onChange({ from, to })} />
        <SearchField
          label="With the text"
          placeholder="With the text"
          width={180}
          value={search.text}
          onChange={(text) => onChange({ text })}
        />
      </div>
    </div>
  );
}
