import type * as z from 'zod';
import type { EventStore } from '#server/store/event-store.ts';
import type { getRarity } from '#shared/api/rules.ts';
import { unreachable } from '#shared/base/assert.ts';
import { formatInstant, parseInstant } from '#shared/base/time.ts';
import { aggregate, planBuilder } from '#shared/plan/build.ts';
import { allOf, type Expression } from '#shared/plan/expression.ts';
import type { Step } from '#shared/plan/plan.ts';
import { type Row, type Scalar, type Value, valuesOf } from '#shared/plan/value.ts';
import type { RarityGroup, RarityResult, RarityShape } from '#shared/rarity/rarity.ts';
import { commandShape } from '#shared/rarity/shape.ts';
import { isInside, isJustOutside, type Thresholds, USUAL_THRESHOLDS } from '#shared/rarity/thresholds.ts';
import { ask, within } from './ask.ts';
import { numberOf, textOf } from './summary.ts';

export type RarityQuery = z.output<typeof getRarity.query>;

/** What rarity needs of a compiled rule. */
export interface RarityRule {
  /** Condition on source events, exceptions included, time excluded. */
  readonly matches: Expression;
  readonly keys: readonly string[];
  /** Those its query states, which groups are judged by unless other ones are asked for. */
  readonly thresholds: Thresholds | null;
}

const COMMAND_LINE = 'process.command_line';

/**
 * Groups of a rule's matching events by one to three fields with the numbers the rule decides by: how many events, on how
 * many hosts and agents. Thresholds are the query's, so that they can be moved and tried.
 */
export async function rarity(store: EventStore, rule: RarityRule, query: RarityQuery): Promise<RarityResult> {
  const own = rule.thresholds ?? USUAL_THRESHOLDS;
  const thresholds = { count: query.count ?? own.count, agents: query.agents ?? own.agents };
  const keys = query.by === undefined ? rule.keys : typeof query.by === 'string' ? [query.by] : query.by;
  const statistics = await store.statistics();
  const from = (query.from && parseInstant(query.from)) || statistics.window?.from || 0;
  const to = (query.to && parseInstant(query.to)) || statistics.window?.to || 0;
  const where = allOf([within(store, { from, to }), rule.matches]);
  const rows = await ask(store, [{ kind: 'filter', where }, counted(store, keys)], to);
  const all = rows.map((row) => groupOf(row, keys, thresholds));
  const wanted = all.filter((group) => mentions(group, query.text)).sort(orderOf(query.sort, thresholds));
  return {
    groups: wanted.slice(0, query.limit),
    totalGroups: wanted.length,
    alertingGroups: wanted.filter((group) => group.alerting).length,
    matchedEvents: wanted.reduce((sum, group) => sum + group.count, 0),
    truncated: wanted.length > query.limit,
    window: { from: formatInstant(from), to: formatInstant(to) },
    thresholds,
    ruleThresholds: rule.thresholds,
    cells: cellsOf(wanted),
    shapes: shapesOf(wanted),
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

function groupOf(row: Row, keys: readonly string[], thresholds: Thresholds): RarityGroup {
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
    alerting: isInside({ count, agents }, thresholds),
  };
}

type Plain = string | number | boolean;
const plain = (value: Scalar): Plain => (typeof value === 'bigint' ? value.toString() : value);

function cell(value: Value | undefined): Plain | null | Plain[] {
  const values = valuesOf(value).map(plain);
  return values.length > 1 ? values : (values[0] ?? null);
}

type Order = (left: RarityGroup, right: RarityGroup) => number;

const rarest: Order = (left, right) =>
  left.hosts - right.hosts || left.count - right.count || compareLatest(left, right);

function orderOf(sort: RarityQuery['sort'], thresholds: Thresholds): Order {
  switch (sort) {
    case 'rarest':
      return rarest;
    case 'frequent':
      return (left, right) => right.count - left.count || compareLatest(left, right);
    case 'latest':
      return (left, right) => compareLatest(left, right) || left.count - right.count;
    case 'outside':
      return (left, right) =>
        Number(isJustOutside(right, thresholds)) - Number(isJustOutside(left, thresholds)) || rarest(left, right);
    default:
      return unreachable(sort);
  }
}

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
  for (const { count, hosts, agents } of groups) {
    const key = `${count}/${hosts}/${agents}`;
    cells.set(key, { count, hosts, agents, groups: (cells.get(key)?.groups ?? 0) + 1 });
  }
  return [...cells.values()];
}

const MOST_SHAPES = 200;
const MOST_EXAMPLES = 3;

function shapesOf(groups: readonly RarityGroup[]): RarityShape[] {
  const shapes = new Map<string, RarityShape>();
  for (const { shape, count, alerting, keys } of groups) {
    if (shape === null) continue;
    const known = shapes.get(shape) ?? { shape, groups: 0, alerting: 0, events: 0, examples: [] };
    const commandLine = String(keys[COMMAND_LINE]);
    const isNew = known.examples.length < MOST_EXAMPLES && !known.examples.includes(commandLine);
    shapes.set(shape, {
      shape,
      groups: known.groups + 1,
      alerting: known.alerting + Number(alerting),
      events: known.events + count,
      examples: isNew ? [...known.examples, commandLine] : known.examples,
    });
  }
  return [...shapes.values()]
    .sort((left, right) => right.groups - left.groups || right.events - left.events)
    .slice(0, MOST_SHAPES);
}
