import { checkDraft } from '#server/exceptions/check.ts';
import {
  deleteException,
  insertException,
  isExpired,
  readExceptions,
  replaceException,
} from '#server/exceptions/records.ts';
import {
  checkException,
  createException,
  deleteException as deleteEndpoint,
  listExceptions,
  updateException,
} from '#shared/api/exceptions.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

export const exceptionRoutes = ({ state, store, rules, author, publish }: Services): readonly Route[] => [
  route(listExceptions, async () => {
    const exceptions = await readExceptions(state);
    const { now } = author();
    return { exceptions: exceptions.map((exception) => ({ ...exception, expired: isExpired(exception, now) })) };
  }),
  route(createException, async ({ body }) => {
    rules.get(body.rule);
    const exception = await insertException(state, author(), body);
    publish('exceptions');
    return exception;
  }),
  route(updateException, async ({ params, body }) => {
    rules.get(body.rule);
    const exception = await replaceException(state, author(), params.id, body);
    publish('exceptions');
    return exception;
  }),
  route(deleteEndpoint, async ({ params }) => {
    await deleteException(state, author(), params.id);
    publish('exceptions');
    return { ok: true as const };
  }),
  route(checkException, ({ body, signal }) => checkDraft({ state, store, rules, signal, now: author().now }, body)),
];
