import { type CSSProperties, useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { EventDocument } from '#client/ui/event-document.tsx';
import { EventRows } from '#client/ui/event-rows.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { alertEvents } from '#shared/api/alerts.ts';
import { getEvent } from '#shared/api/events.ts';
import { plural } from '#shared/base/counts.ts';
import classes from './alert-detail.module.css';

/** The events an alert was raised on, each with its record as it came. */
export function AlertEvents({ id }: { readonly id: string }) {
  const query = useEndpoint(alertEvents, { params: { id }, query: { limit: 1000 } });
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <QueryView query={query}>
      {({ events, total, missing }) => {
        const shown = chosen ?? events[0]?.id ?? null;
        return (
          <div className={classes['eventsPanel']}>
            {missing > 0 || total > events.length ? (
              <p className="dim">
                {total > events.length ? `The first ${events.length} of ${plural(total, 'event')}. ` : ''}
                {missing > 0 ? `${plural(missing, 'event')} no longer in the store.` : ''}
              </p>
            ) : null}
            <div className={classes['eventList']} style={{ '--events': events.length } as CSSProperties}>
              <EventRows label="Contributing events" events={events} active={shown} onActive={setChosen} />
            </div>
            {shown ? <ChosenEvent id={shown} /> : null}
          </div>
        );
      }}
    </QueryView>
  );
}

function ChosenEvent({ id }: { readonly id: string }) {
  const query = useEndpoint(getEvent, { params: { id } }, { keepPrevious: true });
  return <EventDocument id={id} query={query} />;
}
