import { NumberField } from '#client/ui/fields/number-field.tsx';
import { type Tunable, tunablesOf, withTunable } from '#shared/rule/tunables.ts';
import classes from './rules.module.css';

const MOST = 1_000_000_000;

/**
 * The numbers of an ES|QL query as fields. There is one state, the text: a field shows what the text says, and writes into its
 * place.
 */
export function EditThresholds({
  query,
  onChange,
}: {
  readonly query: string;
  readonly onChange: (query: string) => void;
}) {
  const tunables = tunablesOf(query);
  if (tunables.length === 0) {
    return <p className="dim">The query has no thresholds, or cannot be read as it stands.</p>;
  }
  return (
    <div className={classes['thresholds']}>
      {tunables.map((one, index) => (
        <NumberField
          // biome-ignore lint/suspicious/noArrayIndexKey: numbers of a query have no identity but their order
          key={index}
          label={one.label}
          hint={HINTS[one.kind]}
          value={one.value}
          min={one.kind === 'length' || one.kind === 'rows' ? 1 : 0}
          max={one.kind === 'rows' ? 10_000 : MOST}
          decimals={one.kind === 'decimal'}
          onChange={(value) => onChange(withTunable(query, one, value))}
        />
      ))}
    </div>
  );
}

const HINTS: Readonly<Record<Tunable['kind'], string>> = {
  whole: 'Threshold',
  decimal: 'Threshold',
  length: 'Length of time within the query',
  rows: 'Most rows of a run',
};
