import { changeSelected, undo } from '#server/alerts/change.ts';
import { readGroups } from '#server/alerts/groups.ts';
import { readHistogram } from '#server/alerts/histogram.ts';
import { readQueue } from '#server/alerts/queue.ts';
import { alertHistogram, changeAlerts, groupAlerts, listAlerts, undoChange } from '#shared/api/alerts.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** The queue, and what analysts do in it. */
export const alertRoutes = ({ state, rules, author, publish }: Services): readonly Route[] => [
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
];
