import { changeSelected, undo } from '#server/alerts/change.ts';
import { readAlert, readDetail, readEventIds } from '#server/alerts/detail.ts';
import { readGroups } from '#server/alerts/groups.ts';
import { readHistogram } from '#server/alerts/histogram.ts';
import { readQueue } from '#server/alerts/queue.ts';
import { readRelated } from '#server/alerts/related.ts';
import { readTree } from '#server/alerts/tree.ts';
import { eventSummaries } from '#server/investigate/events.ts';
import { changeAlerts, undoChange } from '#shared/api/alert-changes.ts';
import {
  alertEvents,
  alertHistogram,
  alertTree,
  getAlert,
  groupAlerts,
  listAlerts,
  relatedAlerts,
} from '#shared/api/alerts.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** The queue, and what analysts do in it. */
export const alertRoutes = ({ state, store, rules, author, publish }: Services): readonly Route[] => [
  route(listAlerts, ({ query }) => readQueue(state, rules.stepCount, query)),
  route(groupAlerts, ({ query }) => readGroups(state, query)),
  route(alertHistogram, ({ query }) => readHistogram(state, query)),
  route(changeAlerts, async ({ body }) => {
    const answer = await changeSelected(state, author(), body);
    publish('alerts');
    return answer;
  }),
  route(undoChange, async ({ params }) => {
    const answer = await undo(state, author(), params.id);
    publish('alerts');
    return answer;
  }),
  route(getAlert, ({ params }) => readDetail(state, store, rules, params.id)),
  route(alertEvents, async ({ params, query }) => {
    await readAlert(state, rules.stepCount, params.id);
    return eventSummaries(store, await readEventIds(state, params.id), query.limit);
  }),
  route(relatedAlerts, ({ params }) => readRelated(state, store, rules.stepCount, params.id)),
  route(alertTree, ({ params, query }) => readTree(state, store, params.id, query.budget)),
];
