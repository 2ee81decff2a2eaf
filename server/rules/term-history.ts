import type { EventStore } from '#server/store/event-store.ts';
import { must } from '#shared/base/assert.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { Instant } from '#shared/base/time.ts';
import type { FlatDocument } from '#shared/event/document.ts';
import { aggregate, planBuilder } from '#shared/plan/build.ts';
import { allOf } from '#shared/plan/expression.ts';
import type { Ticks } from '#shared/plan/plan.ts';
import type { Scalar } from '#shared/plan/value.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { withinRuns } from '#shared/rule/schedule.ts';

/** The first combination of terms of an event; fails with the fields that it lacks. */
export function termsOf(
  { keys }: CompiledRule,
  document: FlatDocument,
): Result<Readonly<Record<string, Scalar>>, readonly string[]> {
  const missing = keys.filter((key) => document.get(key) === undefined);
  if (missing.length > 0) return fail(missing);
  return succeed(Object.fromEntries(keys.map((key) => [key, must(document.get(key)?.[0], key)])));
}

/** When events that match first had these terms, within the history of the first of the runs; null for never. */
export async function firstSeenOf(
  store: EventStore,
  { rule, filter, time }: CompiledRule,
  terms: Readonly<Record<string, Scalar>>,
  ticks: Ticks,
): Promise<Instant | null> {
  const build = planBuilder(store.catalogue);
  const history = withinRuns(time, { ...ticks, last: ticks.first }, must(rule.newTerms, 'new terms').history);
  const same = Object.entries(terms).map(([field, value]) => build.oneOf(field, [value]));
  const { rows } = await store.run(
    {
      steps: [
        { kind: 'filter', where: allOf([history, filter, ...same]) },
        { kind: 'aggregate', aggregates: [aggregate('first', 'min', time)], keys: [] },
      ],
    },
    { now: ticks.first },
  );
  const first = rows[0]?.['first'];
  return typeof first === 'number' ? first : null;
}
