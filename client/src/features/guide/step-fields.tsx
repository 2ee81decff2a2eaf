import { Absent, Hostile } from '#client/ui/text.tsx';
import classes from './guide.module.css';

/** The values of the alert's events that a step puts beside its question. */
export function StepFields({
  fields,
}: {
  readonly fields: readonly { readonly field: string; readonly values: readonly string[] }[];
}) {
  if (fields.length === 0) return null;
  return (
    <dl className={classes['fields']}>
      {fields.map(({ field, values }) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>
            {values.length === 0 ? <Absent words="absent in the alert's events" /> : null}
            {values.map((value) => (
              <code key={value}>
                <Hostile text={value} />
              </code>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
