import { compareText } from '../base/text.ts';
import type { AlertReport, TimelineEntry } from './report.ts';

/** What happened on the hosts and at the desk, by time; entries of one time stay in the order of the alerts. */
export const timelineOf = (alerts: readonly AlertReport[]): readonly TimelineEntry[] =>
  alerts.flatMap(entriesOf).sort((left, right) => compareText(left.at, right.at));

function entriesOf({ alert, events, activity, notes }: AlertReport): readonly TimelineEntry[] {
  const entry = (kind: TimelineEntry['kind'], at: string, what: string, detail: string): TimelineEntry => ({
    at,
    alert: alert.id,
    kind,
    what,
    detail,
  });
  return [
    ...events.map((event) =>
      entry('event', event.timestamp, event.action ?? 'event', event.commandLine ?? event.executable ?? event.id),
    ),
    ...activity
      .filter(({ action }) => action !== 'note')
      .map(({ at, actor, action, detail }) =>
        entry(action === 'raised' ? 'raised' : 'activity', at, action, `${actor}: ${detail}`),
      ),
    ...notes.map(({ at, author, text }) => entry('note', at, 'note', `${author}: ${text}`)),
  ];
}
