import { commitEvaluations } from '#server/alerts/evaluation.ts';
import { runnable } from '#server/alerts/evaluator.ts';
import { listRulesOf, readRuleDetail } from '#server/alerts/rule-detail.ts';
import { switchRule } from '#server/alerts/rule-settings.ts';
import { readStanding } from '#server/exceptions/standing.ts';
import { type RarityRule, rarity } from '#server/investigate/rarity.ts';
import { Refusal } from '#server/refusal.ts';
import { SYSTEM } from '#server/state/activity.ts';
import { getRarity, getRule, listRules, type RuleRun, replayRules, updateRule } from '#shared/api/rules.ts';
import { allOf } from '#shared/plan/expression.ts';
import { thresholdsOf } from '#shared/rarity/rule-thresholds.ts';
import { compileExceptions } from '#shared/rule/compile-exceptions.ts';
import { exceptionsInForce } from '#shared/rule/exceptions-in-force.ts';
import { instantParam } from '../instant-param.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';
import { storedRange } from '../stored-range.ts';
import { ruleEditingRoutes } from './rule-editing-routes.ts';

export const ruleRoutes = (services: Services): readonly Route[] => [
  ...ruleEditingRoutes(services),
  route(listRules, () => listRulesOf(services.state, services.rules)),
  route(getRule, ({ params }) => readRuleDetail(services.state, services.rules, services.caseResults, params.slug)),
  route(updateRule, async ({ params, body }) => {
    const { rule } = services.rules.get(params.slug);
    await switchRule(services.state, services.author(), rule.slug, body.enabled);
    services.rulesSwitched();
    return { enabled: body.enabled };
  }),
  route(replayRules, async ({ body, signal }) => ({ runs: await replay(services, body, signal) })),
  route(getRarity, async ({ query }) => {
    instantParam('query.from', query.from);
    instantParam('query.to', query.to);
    knownFields(services, query.by ?? []);
    return rarity(services.store, await rarityRule(services, query.rule), query);
  }),
];

async function replay(
  { state, store, evaluator, author, publish }: Services,
  body: { readonly from?: string | undefined; readonly to?: string | undefined },
  signal: AbortSignal,
): Promise<RuleRun[]> {
  const range = await storedRange(store, body);
  if (!range) return [];
  const evaluations = await evaluator.replayAll(range, signal);
  const runs = await state
    .transaction()
    .execute((transaction) => commitEvaluations(transaction, { ...author(), actor: SYSTEM }, evaluations));
  publish('alerts', 'rules');
  return runs;
}

/** Refuses to count by what the store has no column for. */
function knownFields({ store }: Services, by: string | readonly string[]): void {
  const unknown = [by].flat().filter((name) => !store.catalogue.find(name));
  if (unknown.length === 0) return;
  throw new Refusal('invalid-request', 'The store has no such field.', {
    details: unknown.map((name) => ({ path: 'query.by', message: `unknown field: ${name}` })),
  });
}

/** What rarity counts: events that pass the rule's filter and no exception in force. */
async function rarityRule({ state, store, rules, author }: Services, slug: string): Promise<RarityRule> {
  const { rule } = rules.get(slug);
  const exceptions = exceptionsInForce(await readStanding(state), slug, author().now);
  const compiled = runnable(store, rule, exceptions);
  if (!compiled.ok) throw new Refusal('invalid-query', compiled.error);
  const events = exceptions.filter((exception) => exception.stage === 'event');
  const spared = compileExceptions(events, store.catalogue, []);
  const left = spared.ok && spared.value.events ? [spared.value.events] : [];
  const thresholds = rule.language === 'esql' ? thresholdsOf(rule.query) : null;
  return { matches: allOf([compiled.value.filter, ...left]), keys: compiled.value.keys, thresholds };
}
