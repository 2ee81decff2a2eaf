import { caseFromAlert } from '#server/exceptions/case-from-alert.ts';
import { readVersions } from '#server/exceptions/history.ts';
import { listedExceptions } from '#server/exceptions/listed.ts';
import { previewDraft } from '#server/exceptions/preview.ts';
import { addComment, deleteException } from '#server/exceptions/records.ts';
import { revertTo } from '#server/exceptions/revert.ts';
import { readReview, seeNotice } from '#server/exceptions/review.ts';
import { type SaveContext, saveDraft } from '#server/exceptions/save.ts';
import { suggestionsFor } from '#server/exceptions/suggest/suggestions.ts';
import { Refusal } from '#server/refusal.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { suggestExceptions } from '#shared/api/exception-suggestions.ts';
import * as api from '#shared/api/exceptions.ts';
import { type ExceptionDraft, exceptionDraftSchema } from '#shared/exceptions/item.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';
import { storedRange } from '../stored-range.ts';

const DONE = { ok: true } as const;

export function exceptionRoutes(services: Services): readonly Route[] {
  const { state, store, rules, author, publish } = services;
  const context = (signal: AbortSignal): SaveContext => ({
    state,
    store,
    rules,
    signal,
    author: author(),
    now: author().now,
    openEmpty: () => openReferenceStore({ catalogue: store.catalogue }),
  });
  const changed = <Answer>(answer: Answer): Answer => {
    publish('exceptions', 'alerts');
    return answer;
  };
  return [
    route(api.listExceptions, async () => ({ exceptions: await listedExceptions(state, author().now) })),
    route(api.createException, async ({ body: { why, override, closeMatching, ...draft }, signal }) =>
      changed(await saveDraft(context(signal), checked(draft), { why, override, closeMatching }, null)),
    ),
    route(
      api.updateException,
      async ({ params, body: { why, override, closeMatching, version, ...draft }, signal }) => {
        const present = { id: params.id, version };
        return changed(await saveDraft(context(signal), checked(draft), { why, override, closeMatching }, present));
      },
    ),
    route(api.deleteException, async ({ params, body }) => {
      await deleteException(state, author(), params.id, body.why);
      return changed(DONE);
    }),
    route(api.exceptionHistory, async ({ params }) => ({ versions: await readVersions(state, params.id) })),
    route(api.revertException, async ({ params, body, signal }) =>
      changed(await revertTo(context(signal), params.id, body)),
    ),
    route(api.commentException, async ({ params, body }) =>
      changed(await addComment(state, author(), params.id, body.text)),
    ),
    route(api.checkException, async ({ body: { replaces, from, to, ...draft }, signal }) => {
      const range = await storedRange(store, { from, to });
      return previewDraft(context(signal), { draft: checked(draft), replaces, range });
    }),
    route(suggestExceptions, async ({ query, signal }) =>
      suggestionsFor(context(signal), query.rule, await storedRange(store, {})),
    ),
    route(api.caseFromAlert, ({ query }) => caseFromAlert(state, store, query.alert)),
    route(api.reviewExceptions, async () => ({ items: await readReview(state, store, author().now) })),
    route(api.seeNotice, async ({ params }) => {
      await seeNotice(state, author(), params.id);
      return changed(DONE);
    }),
  ];
}

/** What members allow by themselves and not together. */
function checked(draft: ExceptionDraft): ExceptionDraft {
  const parsed = exceptionDraftSchema.safeParse(draft);
  if (parsed.success) return draft;
  const message = parsed.error.issues[0]?.message ?? 'This is no exception.';
  throw new Refusal('invalid-request', message, { details: [{ path: 'body.rule', message }] });
}
