import { answer, readGuide, runStep } from '#server/guide/alert-guide.ts';
import { alertGuide, answerStep, runGuideQuery } from '#shared/api/guide.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

export const guideRoutes = (services: Services): readonly Route[] => [
  route(alertGuide, ({ params }) => readGuide(services, params.id)),
  route(runGuideQuery, ({ params }) => runStep(services, params.id, params.step)),
  route(answerStep, async ({ params, body }) => {
    const state = await answer(services, services.author(), params.id, params.step, body);
    services.publish('alerts');
    return state;
  }),
];
