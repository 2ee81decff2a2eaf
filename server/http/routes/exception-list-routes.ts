import { deleteList, readLists, saveList } from '#server/exceptions/lists.ts';
import { readExceptions } from '#server/exceptions/records.ts';
import { deleteValueList, readValueLists, saveValueList } from '#server/exceptions/value-lists.ts';
import * as api from '#shared/api/exceptions.ts';
import { readValueText } from '#shared/exceptions/value-text.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

const DONE = { ok: true } as const;

export function exceptionListRoutes({ state, rules, author, publish }: Services): readonly Route[] {
  const changed = <Answer>(answer: Answer): Answer => {
    publish('exceptions');
    return answer;
  };
  return [
    route(api.listExceptionLists, async () => {
      const [lists, exceptions] = await Promise.all([readLists(state), readExceptions(state)]);
      return {
        lists: lists.map((list) => ({ ...list, items: exceptions.filter((one) => one.list === list.id).length })),
      };
    }),
    route(api.saveExceptionList, async ({ body: { version, ...draft } }) => {
      for (const slug of draft.rules) rules.get(slug);
      return changed(await saveList(state, author(), draft, version));
    }),
    route(api.deleteExceptionList, async ({ params }) => {
      await deleteList(state, author(), params.id);
      return changed(DONE);
    }),
    route(api.listValueLists, async () => ({ lists: await readValueLists(state) })),
    route(api.saveValueList, async ({ body: { text, ...list } }) => {
      const values = readValueText(text, list.type);
      return changed(await saveValueList(state, author(), { ...list, values: [...values] }));
    }),
    route(api.deleteValueList, async ({ params }) => {
      await deleteValueList(state, author(), params.id);
      return changed(DONE);
    }),
  ];
}
