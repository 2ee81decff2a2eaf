import { conditionsOfRules } from '#server/rules/event-conditions.ts';
import { fieldsForRules } from '#server/rules/fields.ts';
import { foldDrafts } from '#server/rules/fold.ts';
import { replayRule } from '#server/rules/replay.ts';
import { checkRule, type RunOutcome, runRule } from '#server/rules/run.ts';
import { runAt, type TimeRange } from '#server/rules/ticks.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { plural } from '#shared/base/counts.ts';
import { formatInstant, type Instant } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { findInput, loadInput } from './input.ts';
import { queryProblem } from './problem.ts';
import { fieldsNamedBy, findRules } from './rules.ts';
import { collectAlerts, type ScanAlert, scanLines } from './scan-alert.ts';
import { note, printAll, type Terminal } from './terminal.ts';
import { withStore, withWorkspace } from './workspace.ts';

export interface ScanOptions {
  readonly files: readonly string[];
  /** Slugs; none: every rule. */
  readonly rules: readonly string[];
  /** One run of each rule as of then; null: the runs of its schedule over the files' range. */
  readonly at: Instant | null;
  readonly format: 'ndjson' | 'table';
  /** Whose records the files hold; absent: recognised by content. */
  readonly source?: string | undefined;
}

/** Evaluates rules over files of ECS documents, or of records that map to them, and prints the alerts. */
export async function scan(options: ScanOptions, terminal: Terminal): Promise<void> {
  const wanted = await findRules(terminal, options.rules);
  const fields = fieldsNamedBy(wanted);
  const rules = wanted.map((rule) => compile(rule, fields));
  const files = await findInput(terminal, options.files);
  const storing = {
    engine: 'duckdb',
    catalogue: fieldsForRules(rules, fields),
    keepText: false,
    anyRecord: false,
    files,
    concerning: conditionsOfRules(rules),
  } as const;
  const alerts = await withWorkspace((folder) =>
    withStore(terminal, folder, storing, async (store) => {
      const range = await loadInput(terminal, store, files, { folder, source: options.source });
      const found: ScanAlert[] = [];
      for (let next = 0; next < rules.length; next += SIDE_BY_SIDE) {
        const some = rules.slice(next, next + SIDE_BY_SIDE);
        const outcomes = await Promise.all(some.map((rule) => evaluate(store, rule, { ...options, range }, terminal)));
        for (const { slug, outcome, alerts } of outcomes) report(slug, outcome, alerts.length, terminal);
        found.push(...outcomes.flatMap(({ alerts }) => alerts));
      }
      return found;
    }),
  );
  await printAll(terminal, scanLines(alerts, options.format));
}

/** While the rows of one rule become alerts, the engine is at another's. */
const SIDE_BY_SIDE = 2;

function compile(rule: Rule, fields: FieldCatalogue): CompiledRule {
  const compiled = compileRule(rule, fields, []);
  if (!compiled.ok) throw queryProblem(rule.slug, rule.query, compiled.error);
  return compiled.value;
}

interface Evaluation {
  readonly slug: string;
  readonly outcome: RunOutcome;
  readonly alerts: readonly ScanAlert[];
}

async function evaluate(
  store: EventStore,
  compiled: CompiledRule,
  { at, format, range }: ScanOptions & { readonly range: TimeRange | null },
  { signal }: Terminal,
): Promise<Evaluation> {
  const { slug, query, interval } = compiled.rule;
  const gaps = checkRule(store, compiled);
  if (gaps.length > 0) throw queryProblem(slug, query, gaps);
  const choices = { signal, subjects: format === 'table' };
  const outcome =
    at === null
      ? await replayRule(store, compiled, { ...choices, range })
      : await runRule(store, compiled, runAt(at, interval), choices);
  return { slug, outcome, alerts: collectAlerts(foldDrafts(outcome.drafts)) };
}

function report(slug: string, outcome: RunOutcome, alerts: number, terminal: Terminal): void {
  for (const warning of outcome.warnings) note(terminal, `${slug}: ${warning}`);
  for (const { reason, events } of outcome.skipped)
    note(terminal, `${slug}: ${plural(events, 'event')} not judged: ${reason}`);
  for (const { tick, keys } of outcome.cut) {
    note(terminal, `${slug}: beyond the limit at ${formatInstant(tick)}: ${JSON.stringify(keys, bigintAsText)}`);
  }
  note(terminal, `${slug}: ${plural(outcome.eventsMatched, 'event')} matched, ${plural(alerts, 'alert')}`);
}

const bigintAsText = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
