import type * as z from 'zod';
import { readableKeys } from '#server/alerts/readable-keys.ts';
import { firstReports } from '#server/rules/first-reports.ts';
import { ticksOver } from '#server/rules/replay.ts';
import { checkRule, runForRows } from '#server/rules/run.ts';
import type { TimeRange } from '#server/rules/ticks.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { PreviewedAlert, previewRule } from '#shared/api/rule-editing.ts';
import { must } from '#shared/base/assert.ts';
import { type Diagnostic, hasErrors } from '#shared/base/diagnostic.ts';
import { formatInstant, HOUR, MINUTE } from '#shared/base/time.ts';
import { catalogueOf, type FieldCatalogue } from '#shared/event/field.ts';
import { isListed } from '#shared/event/known-fields.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { exceptionsInForce } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { changedRule, ruleProblems } from '#shared/rule/rule-changes.ts';
import { widenForRule } from '#shared/rule/widen-for-rule.ts';
import { describe } from './described-alerts.ts';
import type { FieldReader } from './field-reader.ts';
import type { ReplayedAlerts } from './replayed-alert.ts';
import { alertsOf } from './replayed-alerts.ts';
import { effectOfChange, type TuningContext } from './rule-effect.ts';
import { type PreviewSubject, unsavedRule } from './unsaved-rule.ts';

type Preview = z.output<typeof previewRule.response>;
type Outcome = NonNullable<Preview['outcome']>;

/** Alerts that the answer shows. */
const EXAMPLES = 50;
const EVENTS_EACH = 5;
const BUCKETS = 60;

/**
 * Runs a rule with changes, or a query alone, over a range of stored events, with the exceptions in force, and compares it with
 * the rule as it is saved.
 */
export async function preview(
  context: TuningContext,
  reader: Pick<FieldReader, 'read'>,
  asked: PreviewSubject,
  range: TimeRange | null,
): Promise<Preview> {
  const saved = asked.slug === undefined ? null : context.rules.get(asked.slug);
  const rule = saved ? changedRule(saved.original, asked.changes) : unsavedRule(asked);
  const exceptions = exceptionsInForce(context.exceptions, rule.slug, context.now);
  const { catalogue, unread } = await fieldsFor(context.store, reader, rule, asked.text !== undefined);
  const compiled = compileRule(rule, catalogue, exceptions);
  const checked = compiled.ok && unread.length === 0 ? checkRule(context.store, compiled.value) : [];
  const problems: readonly Diagnostic[] = [
    ...(compiled.ok ? [...compiled.value.warnings, ...checked] : compiled.error),
    ...ruleProblems(rule),
    ...unread,
  ];
  const diagnostics = problems.map(({ code, severity, message, remedy, span }) => ({
    code,
    severity,
    message,
    ...(remedy !== undefined && { remedy }),
    ...(span && { span }),
  }));
  if (!compiled.ok || hasErrors(problems) || unread.length > 0 || !range) return { diagnostics, outcome: null };
  const started = performance.now();
  const { raised, ...outcome } = await replayed(context, compiled.value, range);
  return {
    diagnostics,
    outcome: {
      ...outcome,
      alerts: raised.size,
      examples: await examplesOf(context.store, raised),
      comparison: saved && (await effectOfChange(context, { saved: saved.rule, rule, range, raised })),
      durationMs: Math.round(performance.now() - started),
    },
  };
}

interface FieldsOfPreview {
  readonly catalogue: FieldCatalogue;
  /** What is said of fields that the events do not have yet. */
  readonly unread: readonly Diagnostic[];
}

/**
 * The fields that a rule reads, given to the events where they lack them. A query that is being written names what is no field yet: none
 * are taken then that nobody knows, and of those that may stand in an integration's objects the values are read once it is saved.
 */
async function fieldsFor(
  store: EventStore,
  reader: Pick<FieldReader, 'read'>,
  rule: Rule,
  isFinished: boolean,
): Promise<FieldsOfPreview> {
  const { fields, guessed } = widenForRule(store.catalogue, rule).catalogue;
  const known = isFinished ? fields : fields.filter(({ name }) => !guessed.includes(name));
  const read = isFinished ? fields : known.filter(({ name }) => isListed(name));
  const isRead = await reader.read(catalogueOf(read));
  const names = known.map(({ name }) => name).filter((name) => !store.catalogue.find(name));
  if (names.length === 0) return { catalogue: store.catalogue, unread: [] };
  const catalogue = catalogueOf(known);
  const when = isRead ? 'it is read from their records when the rule is saved' : 'it is being read from their records';
  const message = `The events here have no ${names.join(', ')} yet: ${when}.`;
  return { catalogue, unread: [{ code: isRead ? 'unread-field' : 'reading-field', severity: 'warning', message }] };
}

type Replayed = Omit<Outcome, 'alerts' | 'examples' | 'comparison' | 'durationMs'> & {
  readonly raised: ReplayedAlerts;
};

async function replayed({ store, signal }: TuningContext, compiled: CompiledRule, range: TimeRange): Promise<Replayed> {
  const ticks = await ticksOver(store, compiled, range, signal);
  const { found, cut, skipped, warnings, eventsMatched } = await runForRows(store, compiled, ticks, { signal });
  const reports = await firstReports(store, compiled, found);
  const bucketMs = bucketOf(range);
  return {
    from: formatInstant(range.from),
    to: formatInstant(range.to),
    runs: Math.floor((ticks.last - ticks.first) / ticks.interval) + 1,
    eventsMatched,
    raised: alertsOf(reports),
    histogram: histogramOf(
      reports.map(({ lastSeen }) => lastSeen),
      bucketMs,
    ),
    bucketMs,
    cut: cut.length,
    skipped: [...skipped],
    warnings: [...warnings],
  };
}

async function examplesOf(store: EventStore, raised: ReplayedAlerts): Promise<PreviewedAlert[]> {
  const shown = [...raised].slice(0, EXAMPLES);
  const told = await describe(store, shown);
  return shown.map(([keys, { first, occurrences }]) => {
    const { label, events } = must(told.get(keys), 'description of an example');
    return {
      ...{ label, keys: readableKeys(first.keys), firstSeen: formatInstant(first.firstSeen) },
      ...{ occurrences: occurrences.size, events: events.length, examples: events.slice(0, EVENTS_EACH) },
    };
  });
}

/** Lengths that a person reads at a glance. */
const STEPS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 7 * 24 * HOUR];

function bucketOf({ from, to }: TimeRange): number {
  const least = (to - from) / BUCKETS;
  return STEPS.find((step) => step >= least) ?? Math.ceil(least / HOUR) * HOUR;
}

function histogramOf(times: readonly number[], bucketMs: number): Outcome['histogram'] {
  const counts = new Map<number, number>();
  for (const time of times) {
    const at = Math.floor(time / bucketMs) * bucketMs;
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  return [...counts].sort(([left], [right]) => left - right).map(([at, count]) => ({ at: formatInstant(at), count }));
}
