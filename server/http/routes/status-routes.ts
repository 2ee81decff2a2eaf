import { DEMO_FLEET } from '#server/ingest/uploads/samples.ts';
import { listChanges } from '#shared/api/changes.ts';
import { getStatus } from '#shared/api/status.ts';
import { formatInstant } from '#shared/base/time.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

export const statusRoutes = ({ store, uploads, changes, author, version }: Services): readonly Route[] => [
  route(getStatus, async () => {
    const [{ events, hosts, window }, samples] = await Promise.all([store.statistics(), uploads.samples()]);
    return {
      version,
      actor: author().actor,
      events,
      hosts,
      window: window && { from: formatInstant(window.from), to: formatInstant(window.to) },
      demo: samples.some((sample) => sample.id === DEMO_FLEET && sample.loaded),
      samples,
    };
  }),
  route(listChanges, async ({ query }) => ({
    topics: [...changes.changedSince(query.since)],
    position: changes.position(),
  })),
];
