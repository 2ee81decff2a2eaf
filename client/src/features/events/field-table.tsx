import { IconColumns } from '#client/ui/icons.ts';
import { Absent, Hostile } from '#client/ui/text.tsx';
import classes from './event-detail.module.css';
import { ValueActions } from './value-actions.tsx';

export interface FieldRow {
  readonly name: string;
  /** None where there is no value. */
  readonly values: readonly string[];
  /** Null where the column can be no condition of a query. */
  readonly onFilter: ((text: string, include: boolean) => void) | null;
}

/** Names and values, each value with what can be done with it. */
export function FieldTable({
  label,
  rows,
  shown,
  onToggle,
}: {
  readonly label: string;
  readonly rows: readonly FieldRow[];
  /** Fields that are columns of the list. */
  readonly shown?: readonly string[];
  readonly onToggle?: (field: string) => void;
}) {
  return (
    <table className={classes['fields']} aria-label={label}>
      <tbody>
        {rows.map(({ name, values, onFilter }) => (
          <tr key={name}>
            <th scope="row">
              {name}
              {onToggle ? (
                <span className={classes['actions']}>
                  <button
                    type="button"
                    aria-pressed={shown?.includes(name) ?? false}
                    aria-label={`Column ${name}`}
                    title={shown?.includes(name) ? 'Take the column out' : 'Show as a column'}
                    onClick={() => onToggle(name)}
                  >
                    <IconColumns size={13} />
                  </button>
                </span>
              ) : null}
            </th>
            <td>
              {values.length === 0 ? <Absent words="null" /> : null}
              {values.map((value, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: values stand in their field's order
                <div key={index} className={classes['value']}>
                  <Hostile text={value} />
                  <ValueActions
                    field={name}
                    text={value}
                    onFilter={onFilter && ((include) => onFilter(value, include))}
                  />
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
