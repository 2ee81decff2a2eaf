import { disabledRules, switchRule } from '#server/alerts/rule-settings.ts';
import { readRuleCounts, readRuns } from '#server/alerts/runs.ts';
import { getRule, listRules, updateRule } from '#shared/api/rules.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** Runs that a rule's page lists. */
const RUNS = 50;

export const ruleRoutes = ({ state, rules, author, publish }: Services): readonly Route[] => [
  route(listRules, async () => {
    const off = await disabledRules(state);
    const counts = await readRuleCounts(state);
    const listed = rules.all.map(async ({ rule }) => {
      const [lastRun] = await readRuns(state, rule.slug, 1);
      const { alerts, open } = counts.get(rule.slug) ?? { alerts: 0, open: 0 };
      return { ...rule, enabled: !off.has(rule.slug), openAlerts: open, alerts, lastRun: lastRun ?? null };
    });
    return { rules: await Promise.all(listed), broken: [...rules.broken] };
  }),
  route(updateRule, async ({ params, body }) => {
    const { rule } = rules.get(params.slug);
    await switchRule(state, author(), rule.slug, body.enabled);
    publish('rules');
    return { enabled: body.enabled };
  }),
];
