import { formatCount } from '#shared/base/counts.ts';
import classes from './reject-table.module.css';
import { Hostile } from './text.tsx';

export interface RejectedRecord {
  readonly key: string;
  /** When it came, where that is told. */
  readonly day?: string;
  readonly line: number;
  readonly reason: string;
  readonly text: string;
}

/** Records that could not be stored, each with its place and the reason. */
export function RejectTable({
  label,
  rejects,
}: {
  readonly label: string;
  readonly rejects: readonly RejectedRecord[];
}) {
  const withDay = rejects.some(({ day }) => day !== undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes['rejects']} aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {[...(withDay ? ['Day'] : []), 'Line', 'Reason', 'Text'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rejects.map(({ key, day, line, reason, text }) => (
            <tr key={key}>
              {withDay ? <td>{day}</td> : null}
              <td className="num">{formatCount(line)}</td>
              <td>
                <Hostile text={reason} />
              </td>
              <td className={classes['rejected']}>
                <Hostile text={text} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
