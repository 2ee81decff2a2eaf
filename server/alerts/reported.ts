import type { Reported } from '#server/rules/count-once.ts';
import { chunksOf } from '#server/state/chunks.ts';
import type { StateReader } from '#server/state/open-state.ts';
import { formatInstant, type Instant, parseInstant } from '#shared/base/time.ts';
import { TO_COLUMN } from '#shared/rule/compile-threshold.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { cellsColumn } from './row.ts';

/** Which of these occurrences alerts, closed ones too, know from runs at other times: a run that is repeated finds again what it found. */
export async function knownOccurrences(
  state: StateReader,
  ids: readonly string[],
  tick: Instant,
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const chunk of chunksOf([...new Set(ids)])) {
    const rows = await state
      .selectFrom('occurrences')
      .select('id')
      .where('id', 'in', chunk)
      .where('tick', '!=', formatInstant(tick))
      .execute();
    for (const { id } of rows) known.add(id);
  }
  return known;
}

/**
 * Up to when earlier runs have reported each group of a threshold rule: the last event of its latest occurrence. What lies
 * before the first window matters no more. Runs from `before` on are not looked at, so that a replay can be repeated.
 */
export async function reportedBefore(state: StateReader, rule: Rule, before: Instant): Promise<Reported> {
  const reported = new Map<string, Instant>();
  if (rule.type !== 'threshold') return reported;
  const rows = await state
    .selectFrom('occurrences')
    .innerJoin('alerts', 'alerts.id', 'occurrences.alertId')
    .select(['alerts.keysDigest', 'occurrences.columns'])
    .where('alerts.rule', '=', rule.slug)
    .where('occurrences.tick', '<', formatInstant(before))
    .where('occurrences.tick', '>=', formatInstant(before - rule.window))
    .execute();
  for (const { keysDigest, columns } of rows) {
    const upTo = parseInstant(String(cellsColumn.read(columns)[TO_COLUMN] ?? ''));
    if (upTo !== null) reported.set(keysDigest, Math.max(upTo, reported.get(keysDigest) ?? upTo));
  }
  return reported;
}
