import { IconButton } from '#client/ui/button.tsx';
import { IconPin } from '#client/ui/icons.ts';
import { Mono } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import type { EventSummary } from '#shared/api/events.ts';
import { columnText, summaryOf } from './event-column.ts';
import classes from './guide.module.css';
import type { StepDraft } from './step-draft.ts';

export function QueryRows({
  events,
  columns,
  pinned,
  onPin,
}: {
  readonly events: readonly EventSummary[];
  readonly columns: readonly string[];
  readonly pinned: readonly string[];
  readonly onPin: (evidence: StepDraft['evidence'][number]) => void;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes['rows']} aria-label="Rows found" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Pin</span>
            </th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.id}>
              <td>
                <IconButton
                  label={pinned.includes(event.id) ? 'Pinned' : 'Pin as evidence'}
                  icon={IconPin}
                  disabled={pinned.includes(event.id)}
                  onClick={() => onPin({ event: event.id, summary: summaryOf(event) })}
                />
              </td>
              {columns.map((column) => (
                <td key={column}>
                  {column === '@timestamp' ? (
                    <TimeText iso={event.timestamp} />
                  ) : (
                    <Mono text={columnText(event, column)} absent="no value" />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
