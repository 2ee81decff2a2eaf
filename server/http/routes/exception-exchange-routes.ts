import { exportKibana } from '#server/exceptions/exchange/export.ts';
import { fragmentsOf } from '#server/exceptions/exchange/fragments.ts';
import { importKibana } from '#server/exceptions/exchange/import.ts';
import { putBack } from '#server/exceptions/exchange/import-undo.ts';
import * as api from '#shared/api/exception-exchange.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** Exceptions in and out, in the forms that others read. */
export function exceptionExchangeRoutes({
  state,
  store,
  rules,
  ruleEditor,
  author,
  publish,
}: Services): readonly Route[] {
  return [
    route(api.exportExceptions, ({ query }) =>
      exportKibana(state, rules, {
        now: author().now,
        withExpired: query.expired === 'include',
        withRules: query.rules === 'include',
      }),
    ),
    route(api.importFile, async ({ body }) => {
      const report = await importKibana({ state, store, rules, ruleEditor, author: author() }, body);
      if (!body.dryRun) publish('exceptions');
      return report;
    }),
    route(api.undoImport, async ({ params }) => {
      const report = await putBack({ state, rules, ruleEditor, author: author() }, params.id);
      publish('exceptions');
      return report;
    }),
    route(api.exceptionFragments, ({ query }) => {
      rules.get(query.rule);
      return fragmentsOf(state, store.catalogue, query.rule, author().now);
    }),
  ];
}
