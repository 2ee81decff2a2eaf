import { adoptGuide, answer, readGuide, runStep } from '#server/guide/alert-guide.ts';
import { readRuleGuide, revertGuide, saveGuide, tryGuide } from '#server/guide/edit-guide.ts';
import { readStale, recheck } from '#server/guide/stale-answers.ts';
import * as api from '#shared/api/guide.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

export function guideRoutes(services: Services): readonly Route[] {
  const { author, publish } = services;
  const changed = <Answer>(answered: Answer): Answer => {
    publish('rules', 'alerts');
    return answered;
  };
  return [
    route(api.alertGuide, ({ params }) => readGuide(services, params.id)),
    route(api.runGuideQuery, ({ params }) => runStep(services, params.id, params.step)),
    route(api.answerStep, async ({ params, body }) => {
      const state = await answer(services, author(), params.id, params.step, body);
      publish('alerts');
      return state;
    }),
    route(api.recheckAnswers, async ({ params }) => {
      const other = await recheck(services, author(), params.id);
      if (other) publish('alerts');
      return { changed: other };
    }),
    route(api.staleAnswers, async ({ params }) => ({ answers: await readStale(services, params.id) })),
    route(api.adoptGuide, async ({ params }) => {
      await adoptGuide(services, author(), params.id);
      publish('alerts');
      return { ok: true } as const;
    }),
    route(api.ruleGuide, ({ params }) => readRuleGuide(services, params.slug)),
    route(api.saveRuleGuide, async ({ params, body }) =>
      changed({ version: await saveGuide(services, author(), params.slug, body) }),
    ),
    route(api.revertRuleGuide, async ({ params, body }) =>
      changed({ version: await revertGuide(services, author(), params.slug, body) }),
    ),
    route(api.checkGuide, ({ body }) => tryGuide(services, author(), body)),
  ];
}
