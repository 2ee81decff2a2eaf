import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { compactCount, formatCount } from '#client/format/number.ts';
import { setPreference, usePreferences } from '#client/stores/preferences.ts';
import { IconButton } from '#client/ui/button.tsx';
import { EventDocument } from '#client/ui/event-document.tsx';
import { EVENT_COLUMNS } from '#client/ui/event-rows.tsx';
import { Grid } from '#client/ui/grid/grid.tsx';
import { IconX } from '#client/ui/icons.ts';
import { Page } from '#client/ui/page.tsx';
import { Split } from '#client/ui/split.tsx';
import { Failure, SkeletonRows } from '#client/ui/states.tsx';
import { TimeRange } from '#client/ui/time-range.tsx';
import { type EventSummary, getEvent } from '#shared/api/events.ts';
import { hasErrors } from '#shared/base/diagnostic.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import classes from './events.module.css';
import { EventsEmpty } from './events-empty.tsx';
import { EventsHistogram } from './events-histogram.tsx';
import type { EventsSearch } from './events-search.ts';
import { KqlBox } from './kql-box.tsx';
import { QueryProblems } from './query-problems.tsx';
import { useEventBlocks } from './use-event-blocks.ts';

const route = getRouteApi('/events');
/** The server pages no deeper; a narrower query or range does. */
const DEEPEST = 100_000;

/** All stored events, searched with KQL. */
export function EventsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: Partial<EventsSearch>): void =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace: true });
  const compiled = compileKql(search.kql, ECS_PROCESS);
  const problems = compiled.ok ? compiled.value.warnings : compiled.error;
  const valid = !hasErrors(problems);
  const events = useEventBlocks(search, valid);
  const [cursor, setCursor] = useState(-1);
  const share = usePreferences((store) => store.detailShare);
  const shown = Math.min(events.total, DEEPEST);

  const list = (
    <div className={classes['list']}>
      {events.error ? <Failure error={events.error} retry={events.retry} /> : null}
      {valid && !events.loaded && !events.error ? <SkeletonRows rows={18} /> : null}
      {events.loaded && events.total === 0 && valid ? (
        <EventsEmpty onClear={() => change({ kql: '', from: undefined, to: undefined })} />
      ) : null}
      {events.loaded && events.total > 0 && valid ? (
        <Grid<EventSummary>
          label="Events"
          columns={EVENT_COLUMNS}
          count={shown}
          rowAt={events.rowAt}
          rowId={(event) => event.id}
          active={cursor}
          onActive={(index) => {
            setCursor(index);
            const event = events.rowAt(index);
            if (event) change({ open: event.id });
          }}
          onRange={events.onRange}
        />
      ) : null}
    </div>
  );
  return (
    <Page
      title="Events"
      fill
      note={
        events.loaded && valid ? (
          <span role="status" title={formatCount(events.total)}>
            {compactCount(events.total)} match{shown < events.total ? `, the newest ${formatCount(shown)} listed` : ''}
          </span>
        ) : null
      }
    >
      <div className={classes['bar']}>
        <KqlBox key={search.kql} value={search.kql} onSearch={(kql) => change({ kql, open: undefined })} />
        <TimeRange value={{ from: search.from, to: search.to }} onChange={({ from, to }) => change({ from, to })} />
      </div>
      <QueryProblems text={search.kql} problems={problems} />
      <EventsHistogram
        buckets={valid ? events.histogram : []}
        bucketMs={events.bucketMs}
        onChoose={(from, to) => change({ from, to })}
      />
      <div className={classes['work']}>
        <Split
          share={share}
          onShare={(next) => setPreference('detailShare', next)}
          first={list}
          second={
            search.open ? (
              <div className={classes['detail']}>
                <span className={classes['close']}>
                  <IconButton label="Close the event" icon={IconX} onClick={() => change({ open: undefined })} />
                </span>
                <OpenEvent id={search.open} />
              </div>
            ) : null
          }
        />
      </div>
    </Page>
  );
}

function OpenEvent({ id }: { readonly id: string }) {
  const query = useEndpoint(getEvent, { params: { id } }, { keepPrevious: true });
  return <EventDocument id={id} query={query} />;
}
