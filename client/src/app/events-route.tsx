import { lazy, Suspense } from 'react';
import { EventsPage } from '#client/features/events/events-page.tsx';
import { SkeletonRows } from '#client/ui/states.tsx';

const TreePanel = lazy(() =>
  import('#client/features/tree/tree-panel.tsx').then((module) => ({ default: module.TreePanel })),
);

/** Features do not know each other: here the tree is put into the events' detail. */
export function EventsRoute() {
  return (
    <EventsPage
      tree={(eventId) => (
        <Suspense fallback={<SkeletonRows />}>
          <TreePanel of="event" id={eventId} />
        </Suspense>
      )}
    />
  );
}
