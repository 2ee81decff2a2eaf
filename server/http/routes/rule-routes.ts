import { commitEvaluations } from '#server/alerts/evaluation.ts';
import { runnable } from '#server/alerts/evaluator.ts';
import { readRuleDetail } from '#server/alerts/rule-detail.ts';
import { disabledRules, switchRule } from '#server/alerts/rule-settings.ts';
import { readRuleCounts, readRuns } from '#server/alerts/runs.ts';
import { readExceptions } from '#server/exceptions/records.ts';
import { type RarityRule, rarity } from '#server/investigate/rarity.ts';
import { Refusal } from '#server/refusal.ts';
import type { TimeRange } from '#server/rules/ticks.ts';
import { SYSTEM } from '#server/state/activity.ts';
import { getRarity, getRule, listRules, type RuleRun, replayRules, updateRule } from '#shared/api/rules.ts';
import { allOf } from '#shared/plan/expression.ts';
import { compileExceptions } from '#shared/rule/compile-exceptions.ts';
import { exceptionsInForce } from '#shared/rule/exceptions-in-force.ts';
import { instantParam } from '../instant-param.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

export const ruleRoutes = (services: Services): readonly Route[] => [
  route(listRules, () => listed(services)),
  route(getRule, ({ params }) => readRuleDetail(services.state, services.rules, services.caseResults, params.slug)),
  route(updateRule, async ({ params, body }) => {
    const { rule } = services.rules.get(params.slug);
    await switchRule(services.state, services.author(), rule.slug, body.enabled);
    services.rulesSwitched();
    services.publish('rules');
    return { enabled: body.enabled };
  }),
  route(replayRules, async ({ body, signal }) => ({ runs: await replay(services, body, signal) })),
  route(getRarity, async ({ query }) => {
    instantParam('query.from', query.from);
    instantParam('query.to', query.to);
    return rarity(services.store, await rarityRule(services, query.rule), query);
  }),
];

async function listed({ state, rules }: Services) {
  const off = await disabledRules(state);
  const counts = await readRuleCounts(state);
  const each = rules.all.map(async ({ rule }) => {
    const [lastRun] = await readRuns(state, rule.slug, 1);
    const { alerts, open } = counts.get(rule.slug) ?? { alerts: 0, open: 0 };
    return { ...rule, enabled: !off.has(rule.slug), openAlerts: open, alerts, lastRun: lastRun ?? null };
  });
  return { rules: await Promise.all(each), broken: [...rules.broken] };
}

/** An absent end is that of the stored events. */
async function replay(
  { state, store, evaluator, author, publish }: Services,
  body: { readonly from?: string | undefined; readonly to?: string | undefined },
  signal: AbortSignal,
): Promise<RuleRun[]> {
  const from = instantParam('body.from', body.from);
  const to = instantParam('body.to', body.to);
  const { window } = await store.statistics();
  if (!window) return [];
  const range: TimeRange = {
    from: Math.max(from ?? window.from, window.from),
    to: Math.min(to ?? window.to, window.to),
  };
  if (range.from > range.to) return [];
  const evaluations = await evaluator.replayAll(range, signal);
  const runs = await state
    .transaction()
    .execute((transaction) => commitEvaluations(transaction, { ...author(), actor: SYSTEM }, evaluations));
  publish('alerts', 'rules');
  return runs;
}

/** What rarity counts: events that pass the rule's filter and no exception in force. */
async function rarityRule({ state, store, rules, author }: Services, slug: string): Promise<RarityRule> {
  const { rule } = rules.get(slug);
  const exceptions = exceptionsInForce(await readExceptions(state), slug, author().now);
  const compiled = runnable(store, rule, exceptions);
  if (!compiled.ok) throw new Refusal('invalid-query', compiled.error);
  const events = exceptions.filter((exception) => exception.stage === 'event');
  const spared = compileExceptions(events, store.catalogue, []);
  const left = spared.ok && spared.value.events ? [spared.value.events] : [];
  return { matches: allOf([compiled.value.filter, ...left]), keys: compiled.value.keys };
}
