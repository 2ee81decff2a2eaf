import { Button } from '#client/ui/button.tsx';
import { Markdown } from '#client/ui/markdown.tsx';
import { Hostile } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import type { AlertDetail } from '#shared/api/alerts.ts';
import { plural } from '#shared/base/counts.ts';
import classes from './alert-detail.module.css';
import { OccurrenceBars } from './occurrence-bars.tsx';

/** Notes, what was done and by whom, and each time the same keys alerted. */
export function HistoryPanel({ detail, onNote }: { readonly detail: AlertDetail; readonly onNote: () => void }) {
  return (
    <div className={classes['panel']}>
      <div className={classes['sides']}>
        <div className={classes['side']}>
          <section>
            <h3 className={classes['withButton']}>
              Notes
              <Button keys="n" onClick={onNote}>
                Add a note
              </Button>
            </h3>
            {detail.notes.length === 0 ? <p className="dim">None yet.</p> : null}
            {detail.notes.map((note) => (
              <blockquote key={note.id} className={classes['note']}>
                <Markdown text={note.text} />
                <footer className="dim">
                  {note.author}, <TimeText iso={note.at} />
                </footer>
              </blockquote>
            ))}
          </section>
          <section>
            <h3>Activity</h3>
            <ol className={classes['activity']}>
              {detail.activity.map((entry) => (
                <li key={`${entry.at} ${entry.action} ${entry.detail}`}>
                  <TimeText iso={entry.at} />
                  <span>{entry.actor}</span>
                  <span>
                    {entry.action}
                    {entry.detail === '' ? null : (
                      <>
                        : <Hostile text={entry.detail} />
                      </>
                    )}
                  </span>
                </li>
              ))}
            </ol>
          </section>
        </div>
        <section>
          <h3>{plural(detail.occurrences.length, 'occurrence')}</h3>
          <OccurrenceBars occurrences={detail.occurrences} />
          <ol className={classes['activity']}>
            {detail.occurrences.map((occurrence) => (
              <li key={`${occurrence.window.from} ${occurrence.firstSeen}`}>
                <TimeText iso={occurrence.firstSeen} />
                <span>{plural(occurrence.eventCount, 'event')}</span>
                <span className="dim">
                  window <TimeText iso={occurrence.window.from} /> – <TimeText iso={occurrence.window.to} />
                </span>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </div>
  );
}
