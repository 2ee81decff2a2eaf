import { SwitchField } from '#client/ui/fields/switch-field.tsx';
import { TextArea } from '#client/ui/fields/text-area.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import type { GuideStep } from '#shared/guide/guide.ts';
import type { FaultAt } from './guide-changes.ts';
import classes from './guide-editor.module.css';
import { ListField } from './list-field.tsx';

type Query = NonNullable<GuideStep['query']>;

const FIRST: Query = {
  kql: 'event.type:start and host.name:{{host.name}}',
  before: '1h',
  after: '1h',
  columns: ['@timestamp', 'user.name', 'process.parent.name', 'process.command_line'],
  reading: '',
};

/** The question that a step puts to the data. */
export function QueryFields({
  query,
  faultAt,
  onChange,
}: {
  readonly query: Query | null;
  readonly faultAt: FaultAt;
  readonly onChange: (query: Query | null) => void;
}) {
  return (
    <fieldset>
      <legend>Query</legend>
      <SwitchField label="Asks the data" checked={query !== null} onChange={(on) => onChange(on ? FIRST : null)} />
      {query ? (
        <>
          <TextArea
            label="KQL"
            hint="{{field}} stands for the alert's values, quoted"
            mono
            value={query.kql}
            error={faultAt('query.kql')}
            onChange={(kql) => onChange({ ...query, kql })}
          />
          <div className={classes['pair']}>
            <TextField
              label="From so long before the alert"
              value={query.before}
              error={faultAt('query.before')}
              onChange={(before) => onChange({ ...query, before })}
            />
            <TextField
              label="To so long after it"
              value={query.after}
              error={faultAt('query.after')}
              onChange={(after) => onChange({ ...query, after })}
            />
          </div>
          <ListField
            label="Columns"
            value={query.columns}
            error={faultAt('query.columns')}
            onChange={(columns) => columns.length > 0 && onChange({ ...query, columns })}
          />
          <TextArea
            label="What rows, and no rows, mean"
            value={query.reading}
            error={faultAt('query.reading')}
            onChange={(reading) => onChange({ ...query, reading })}
          />
        </>
      ) : null}
    </fieldset>
  );
}
