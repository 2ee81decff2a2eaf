import type { EventStore } from '#server/store/event-store.ts';
import type { Coverage } from '#shared/api/sources.ts';
import type { Instant } from '#shared/base/time.ts';
import { planBuilder } from '#shared/plan/build.ts';
import { allOf, type Expression } from '#shared/plan/expression.ts';
import type { Plan } from '#shared/plan/plan.ts';
import type { Row } from '#shared/plan/value.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { reasonsOf, SOURCE_COLUMN, STARTS_COLUMN, startsPlan, unjudgedPlan } from '#shared/rule/coverage.ts';
import { doubtColumn } from '#shared/rule/doubts.ts';

export interface CoverageQuestion {
  /** A stretch of event time, both ends inclusive; an absent end is open. */
  readonly from: Instant | undefined;
  readonly to: Instant | undefined;
  readonly now: Instant;
  readonly signal?: AbortSignal;
}

type BySource = ReadonlyMap<string | null, Row>;

/**
 * What rules cannot judge of what is stored, by source and for all of it: one look at all starts for all rules, and one a
 * rule at the events that concern it, which a store keeps at hand.
 */
export async function readCoverage(
  store: EventStore,
  rules: readonly CompiledRule[],
  { from, to, ...options }: CoverageQuestion,
): Promise<{ all: Coverage; sources: Coverage[] }> {
  const within = withinRange(store, from, to);
  const reasons = reasonsOf(rules);
  const rowsOf = async (plan: Plan): Promise<BySource> => {
    const { rows } = await store.run(plan, options);
    return new Map(rows.map((row) => [textOrNull(row[SOURCE_COLUMN]), row]));
  };
  const starts = await rowsOf(startsPlan(store.catalogue, reasons, within));
  const unjudged: BySource[] = [];
  for (const rule of rules) unjudged.push(await rowsOf(unjudgedPlan(store.catalogue, rule, within)));

  const place = new Map(reasons.map(({ reason }, index) => [reason, index]));
  const coverageOf = (source: string | null): Coverage => {
    const counts = starts.get(source) ?? {};
    const gaps = rules.flatMap(({ rule, doubts }, at) =>
      doubts.map(({ reason }, index) => ({
        rule: rule.slug,
        ruleName: rule.name,
        reason,
        starts: Number(counts[doubtColumn(place.get(reason) ?? -1)] ?? 0),
        unjudged: Number(unjudged[at]?.get(source)?.[doubtColumn(index)] ?? 0),
      })),
    );
    return { source, starts: Number(counts[STARTS_COLUMN] ?? 0), gaps: byWeight(gaps) };
  };
  const names = new Set([starts, ...unjudged].flatMap((rows) => [...rows.keys()]));
  const sources = [...names].map(coverageOf).sort((left, right) => right.starts - left.starts);
  return { all: together(sources), sources };
}

type Gaps = Coverage['gaps'];

const byWeight = (gaps: Gaps): Gaps =>
  gaps
    .filter(({ starts, unjudged }) => starts > 0 || unjudged > 0)
    .sort((left, right) => right.unjudged - left.unjudged || right.starts - left.starts);

/** The sum over all sources. */
function together(sources: readonly Coverage[]): Coverage {
  const gaps = new Map<string, Gaps[number]>();
  for (const gap of sources.flatMap((source) => source.gaps)) {
    const key = JSON.stringify([gap.rule, gap.reason]);
    const known = gaps.get(key);
    const sum = { starts: gap.starts + (known?.starts ?? 0), unjudged: gap.unjudged + (known?.unjudged ?? 0) };
    gaps.set(key, { ...gap, ...sum });
  }
  const starts = sources.reduce((sum, source) => sum + source.starts, 0);
  return { source: null, starts, gaps: byWeight([...gaps.values()]) };
}

function withinRange(store: EventStore, from: Instant | undefined, to: Instant | undefined): Expression {
  const { compareField } = planBuilder(store.catalogue);
  const instant = (value: Instant): Expression => ({ kind: 'literal', type: 'datetime', value });
  return allOf([
    ...(from === undefined ? [] : [compareField('@timestamp', '>=', instant(from))]),
    ...(to === undefined ? [] : [compareField('@timestamp', '<=', instant(to))]),
  ]);
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
