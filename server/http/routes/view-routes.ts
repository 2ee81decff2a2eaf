import { choose, insertView, readViews, removeView, updateView } from '#server/searches/saved-views.ts';
import { changeView, chooseView, deleteView, listViews, saveView } from '#shared/api/views.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** Ways to look at the queue, under a name. */
export const viewRoutes = ({ state, author, publish }: Services): readonly Route[] => {
  const told = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    const given = await answer;
    publish('views');
    return given;
  };
  return [
    route(listViews, async () => ({ views: await readViews(state, author().actor) })),
    route(saveView, ({ body }) => told(insertView(state, author(), body))),
    route(changeView, ({ params, body }) => told(updateView(state, author(), params.id, body))),
    route(chooseView, ({ params, body }) => told(choose(state, author(), params.id, body))),
    route(deleteView, async ({ params }) => {
      await told(removeView(state, author(), params.id));
      return { ok: true as const };
    }),
  ];
};
