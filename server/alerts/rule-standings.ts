import type { StateReader } from '#server/state/open-state.ts';

/** How many alerts a rule raised, how many of them are open, and how those that are closed were decided. */
export interface RuleStanding {
  readonly alerts: number;
  readonly open: number;
  /** Of closed alerts; those closed without a verdict under `none`. */
  readonly verdicts: Readonly<Record<string, number>>;
}

export const NO_ALERTS: RuleStanding = { alerts: 0, open: 0, verdicts: {} };

/**
 * The standing of every rule that has alerts, or of one, by slug: counted in the index `alerts_by_rule_standing`, which has all
 * it takes.
 */
export async function readRuleStandings(state: StateReader, only?: string): Promise<ReadonlyMap<string, RuleStanding>> {
  const all = state.selectFrom('alerts');
  const rows = await (only === undefined ? all : all.where('rule', '=', only))
    .groupBy(['rule', 'status', 'verdict'])
    .select((select) => ['rule', 'status', 'verdict', select.fn.countAll<number>().as('alerts')])
    .execute();
  const standings = new Map<string, RuleStanding>();
  for (const { rule, status, verdict, alerts } of rows) {
    const before = standings.get(rule) ?? NO_ALERTS;
    standings.set(rule, {
      alerts: before.alerts + alerts,
      open: before.open + (status === 'open' ? alerts : 0),
      verdicts: status === 'closed' ? { ...before.verdicts, [verdict ?? 'none']: alerts } : before.verdicts,
    });
  }
  return standings;
}
