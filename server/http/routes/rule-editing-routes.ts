import { readVersions } from '#server/alerts/rule-detail.ts';
import { disabledRules } from '#server/alerts/rule-settings.ts';
import { dismissUnsavedChange } from '#server/alerts/waiting-changes.ts';
import { explainStored } from '#server/exceptions/explain-stored.ts';
import { preview } from '#server/tuning/rule-preview.ts';
import type { EditingContext } from '#server/tuning/save-rule.ts';
import { explainEvent } from '#shared/api/explain.ts';
import {
  changeRule,
  checkRuleText,
  dismissWaitingChange,
  duplicateRule,
  previewRule,
  removeRule,
  revertRule,
  ruleVersions,
} from '#shared/api/rule-editing.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';
import { storedRange } from '../stored-range.ts';

/** Rules that one request explains: each asks the store a few questions. */
const MOST_EXPLAINED = 50;

const DONE = { ok: true } as const;

export function ruleEditingRoutes(services: Services): readonly Route[] {
  const { state, store, rules, ruleEditor, fieldReader, author, publish } = services;
  const context = (signal: AbortSignal): Promise<EditingContext> => services.editingContext(author(), signal);
  return [
    route(explainEvent, async ({ query, signal }) => {
      const off = query.rule === undefined ? await disabledRules(state) : new Set<string>();
      const wanted = query.rule === undefined ? rules.all.map(({ rule }) => rule) : [rules.get(query.rule).rule];
      const on = wanted.filter(({ slug }) => !off.has(slug));
      const asked = on.slice(0, MOST_EXPLAINED);
      const explanations = await explainStored({ state, store, now: author().now, signal }, asked, query.event);
      return { explanations, unasked: on.length - asked.length };
    }),
    route(checkRuleText, ({ body }) => ruleEditor.check(body.text)),
    route(previewRule, async ({ body, signal }) => {
      const { slug, text, language, changes } = body;
      const range = await storedRange(store, body);
      return preview(await context(signal), fieldReader, { slug, text, language, changes }, range);
    }),
    route(duplicateRule, async ({ params }) => ({ slug: await ruleEditor.duplicate(author(), params.slug) })),
    route(changeRule, async ({ params, body, signal }) =>
      saved(await ruleEditor.change(await context(signal), params.slug, body)),
    ),
    route(dismissWaitingChange, async ({ params }) => {
      await dismissUnsavedChange(state, params.slug);
      publish('rules');
      return DONE;
    }),
    route(ruleVersions, ({ params }) => readVersions(rules, params.slug)),
    route(revertRule, async ({ params, body, signal }) =>
      saved(await ruleEditor.revert(await context(signal), params.slug, body)),
    ),
    route(removeRule, async ({ params, body, signal }) =>
      saved(await ruleEditor.remove(await context(signal), params.slug, body)),
    ),
  ];
}

const saved = (waitsFor: readonly string[]) => ({ waitsFor: [...waitsFor] });
