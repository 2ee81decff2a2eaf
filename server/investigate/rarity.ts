import type { z } from 'zod';
import type { EventStore } from '#server/store/event-store.ts';
import type { getRarity } from '#shared/api/rules.ts';
import { formatInstant, parseInstant } from '#shared/base/time.ts';
import { aggregate, planBuilder } from '#shared/plan/build.ts';
import { allOf, type Expression } from '#shared/plan/expression.ts';
import type { Step } from '#shared/plan/plan.ts';
import { type Row, type Scalar, type Value, valuesOf } from '#shared/plan/value.ts';
import type { RarityGroup, RarityResult } from '#shared/rarity/rarity.ts';
import { commandShape } from '#shared/rarity/shape.ts';
import { ask, within } from './ask.ts';
import { numberOf, textOf } from './summary.ts';

export type RarityQuery = z.output<typeof getRarity.query>;

/** What rarity needs of a compiled rule. */
export interface RarityRule {
  /** Condition on source events, exceptions included, time excluded. */
  readonly matches: Expression;
  readonly keys: readonly string[];
}

const COMMAND_LINE = 'process.command_line';

/**
 * Groups of a rule's matching events by one to three fields with the numbers the rule decides by: how many events, on how
 * many hosts and agents. Thresholds are the query's, so that they can be moved and tried.
 */
export async function rarity(store: EventStore, rule: RarityRule, query: RarityQuery): Promise<RarityResult> {
  const keys = query.by === undefined ? rule.keys : typeof query.by === 'string' ? [query.by] : query.by;
  const statistics = await store.statistics();
  const from = (query.from && parseInstant(query.from)) || statistics.window?.from || 0;
  const to = (query.to && parseInstant(query.to)) || statistics.window?.to || 0;
  const where = allOf([within(store, { from, to }), rule.matches]);
  const rows = await ask(store, [{ kind: 'filter', where }, counted(store, keys)], to);
  const all = rows.map((row) => groupOf(row, keys, query)).sort(ORDERS[query.sort]);
  const wanted = all.filter((group) => mentions(group, query.text));
  return {
    groups: wanted.slice(0, query.limit),
    totalGroups: wanted.length,
    alertingGroups: wanted.filter((group) => group.alerting).length,
    matchedEvents: wanted.reduce((sum, group) => sum + group.count, 0),
    truncated: wanted.length > query.limit,
    window: { from: formatInstant(from), to: formatInstant(to) },
    thresholds: { count: query.count, agents: query.agents },
    cells: cellsOf(wanted),
  };
}

function counted(store: EventStore, keys: readonly string[]): Step {
  const { column } = planBuilder(store.catalogue);
  return {
    kind: 'aggregate',
    aggregates: [
      aggregate('$count', 'count'),
      aggregate('$hosts', 'count-distinct', column('host.id')),
      aggregate('$agents', 'count-distinct', column('agent.id')),
      aggregate('$hostNames', 'values', column('host.name')),
      aggregate('$users', 'values', column('user.name')),
      aggregate('$first', 'min', column('@timestamp')),
      aggregate('$last', 'max', column('@timestamp')),
    ],
    keys: keys.map((name) => ({ name, value: column(name) })),
  };
}

function groupOf(row: Row, keys: readonly string[], query: RarityQuery): RarityGroup {
  const count = numberOf(row['$count']) ?? 0;
  const agents = numberOf(row['$agents']) ?? 0;
  const commandLine = textOf(row[COMMAND_LINE]);
  return {
    keys: Object.fromEntries(keys.map((key) => [key, cell(row[key])])),
    shape: commandLine === null ? null : commandShape(commandLine),
    count,
    hosts: numberOf(row['$hosts']) ?? 0,
    agents,
    users: valuesOf(row['$users']).map(String),
    hostNames: valuesOf(row['$hostNames']).map(String),
    firstSeen: formatInstant(numberOf(row['$first']) ?? 0),
    lastSeen: formatInstant(numberOf(row['$last']) ?? 0),
    // No agent at all is not rare: Elastic's rule asks for exactly one.
    alerting: agents >= 1 && agents <= query.agents && count < query.count,
  };
}

type Plain = string | number | boolean;
const plain = (value: Scalar): Plain => (typeof value === 'bigint' ? value.toString() : value);

function cell(value: Value | undefined): Plain | null | Plain[] {
  const values = valuesOf(value).map(plain);
  return values.length > 1 ? values : (values[0] ?? null);
}

const ORDERS: Readonly<Record<RarityQuery['sort'], (left: RarityGroup, right: RarityGroup) => number>> = {
  rarest: (left, right) => left.hosts - right.hosts || left.count - right.count || compareLatest(left, right),
  frequent: (left, right) => right.count - left.count || compareLatest(left, right),
  latest: (left, right) => compareLatest(left, right) || left.count - right.count,
};

const compareLatest = (left: RarityGroup, right: RarityGroup): number =>
  left.lastSeen === right.lastSeen ? 0 : left.lastSeen < right.lastSeen ? 1 : -1;

function mentions(group: RarityGroup, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const haystack = [...Object.values(group.keys), ...group.hostNames, ...group.users].join('\n').toLowerCase();
  return words.every((word) => haystack.includes(word));
}

function cellsOf(groups: readonly RarityGroup[]): RarityResult['cells'] {
  const cells = new Map<string, RarityResult['cells'][number]>();
  for (const group of groups) {
    const key = `${group.count}/${group.hosts}`;
    const cell = cells.get(key) ?? { count: group.count, hosts: group.hosts, groups: 0, alerting: 0 };
    cells.set(key, { ...cell, groups: cell.groups + 1, alerting: cell.alerting + (group.alerting ? 1 : 0) });
  }
  return [...cells.values()];
}

/** How often and where a command line was run: events, hosts, and when first; out of all hosts of the store. */
export async function prevalenceOf(
  store: EventStore,
  commandLine: string,
): Promise<{ hosts: number; totalHosts: number; events: number; firstSeen: string | null }> {
  const { column, oneOf } = planBuilder(store.catalogue);
  const [[row], { hosts: totalHosts }] = await Promise.all([
    ask(
      store,
      [
        { kind: 'filter', where: allOf([oneOf('event.action', ['exec']), oneOf(COMMAND_LINE, [commandLine])]) },
        {
          kind: 'aggregate',
          aggregates: [
            aggregate('events', 'count'),
            aggregate('hosts', 'count-distinct', column('host.id')),
            aggregate('first', 'min', column('@timestamp')),
          ],
          keys: [],
        },
        { kind: 'limit', count: 1 },
      ],
      Date.now(),
    ),
    store.statistics(),
  ]);
  const first = numberOf(row?.['first']);
  return {
    hosts: numberOf(row?.['hosts']) ?? 0,
    totalHosts,
    events: numberOf(row?.['events']) ?? 0,
    firstSeen: first === null ? null : formatInstant(first),
  };
}
