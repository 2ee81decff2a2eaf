import { preview } from '#server/alerts/rule-preview.ts';
import { readExceptions } from '#server/exceptions/records.ts';
import {
  changeRule,
  checkRuleText,
  duplicateRule,
  importRules,
  previewRule,
  removeRule,
} from '#shared/api/rule-editing.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';
import { storedRange } from '../stored-range.ts';

const DONE = { ok: true } as const;

export const ruleEditingRoutes = ({ state, store, rules, ruleEditor, author }: Services): readonly Route[] => [
  route(checkRuleText, ({ body }) => ruleEditor.check(body.text)),
  route(importRules, async ({ body }) => ({ added: await ruleEditor.importRules(author(), body.text, body.lines) })),
  route(previewRule, async ({ body, signal }) => {
    const exceptions = await readExceptions(state);
    const { slug, language, changes } = body;
    const range = await storedRange(store, body);
    return preview({ store, rules, exceptions, now: author().now, signal }, { slug, language, changes }, range);
  }),
  route(duplicateRule, async ({ params }) => ({ slug: await ruleEditor.duplicate(author(), params.slug) })),
  route(changeRule, async ({ params, body }) => {
    await ruleEditor.change(author(), params.slug, body.changes, body.version);
    return DONE;
  }),
  route(removeRule, async ({ params }) => {
    await ruleEditor.remove(author(), params.slug);
    return DONE;
  }),
];
