import { createHash } from 'node:crypto';
import { type ExplainedEvent, explainEvent } from '#server/rules/explain-event.ts';
import { explainGroup } from '#server/rules/explain-group.ts';
import { fieldsForRules } from '#server/rules/fields.ts';
import { ticksOver } from '#server/rules/replay.ts';
import { runAt } from '#server/rules/ticks.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { linesOf, MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import { parseDocument } from '#server/store/records/parse-record.ts';
import type { RuleExplanation } from '#shared/api/explain.ts';
import type { Instant } from '#shared/base/time.ts';
import { flattener } from '#shared/event/document.ts';
import { catalogueOf } from '#shared/event/field.ts';
import type { Ticks } from '#shared/plan/plan.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { explanationLines } from './explanation-text.ts';
import { findInput, type InputFile, loadInput } from './input.ts';
import { type Json, jsonLine } from './json.ts';
import { Problem, queryProblem } from './problem.ts';
import { fieldsNamedBy, findRules } from './rules.ts';
import { print, type Terminal } from './terminal.ts';
import { withStore, withWorkspace } from './workspace.ts';

export interface ExplainOptions {
  readonly file: string;
  /** Slug or file. */
  readonly rule: string;
  readonly subject: ExplainSubject;
  /** For a group: the only run that is looked at; null for all runs over the file. */
  readonly at: Instant | null;
  readonly json: boolean;
}

export type ExplainSubject =
  | { readonly kind: 'event'; readonly id: string }
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'keys'; readonly keys: Readonly<Record<string, string>> };

/** Says why an event, or a group, of a file did or did not alert by a rule. */
export async function explain(options: ExplainOptions, terminal: Terminal): Promise<void> {
  const [rule] = await findRules(terminal, [options.rule]);
  if (!rule) throw new Problem(`There is no rule ${options.rule}.`);
  const fields = fieldsNamedBy([rule]);
  const compiled = compileRule(rule, fields, []);
  if (!compiled.ok) throw queryProblem(rule.slug, rule.query, compiled.error);
  ensureKeys(compiled.value, options.subject);
  const files = await findInput(terminal, [options.file]);
  const storing = {
    engine: 'duckdb',
    catalogue: fieldsForRules([compiled.value], fields),
    keepText: true,
    anyRecord: false,
    files,
  } as const;
  const explanation = await withWorkspace((folder) =>
    withStore(terminal, folder, storing, async (store) => {
      await loadInput(terminal, store, files, { folder, source: undefined });
      return explained(store, compiled.value, options, files, terminal.signal);
    }),
  );
  if (options.json) await print(terminal, jsonLine(explanation as unknown as Json));
  else for (const line of explanationLines(explanation, hasColour(terminal))) await print(terminal, line);
}

/** A name that is no key of the rule's alerts would be found nowhere. */
function ensureKeys({ rule, keys }: CompiledRule, subject: ExplainSubject): void {
  const unknown = subject.kind === 'keys' && Object.keys(subject.keys).find((name) => !keys.includes(name));
  if (typeof unknown !== 'string' || keys.length === 0) return;
  throw new Problem(`--key ${unknown}: the keys of ${rule.slug} are ${keys.join(', ')}.`);
}

/** Only where somebody looks: not into files and pipes, and not where it was asked to be left out. */
const hasColour = ({ out }: Terminal): boolean => 'isTTY' in out && out.isTTY === true && !('NO_COLOR' in process.env);

async function explained(
  store: EventStore,
  compiled: CompiledRule,
  { subject, at }: ExplainOptions,
  files: readonly InputFile[],
  signal: AbortSignal,
): Promise<RuleExplanation> {
  const context = { store, exceptions: [], signal };
  const { rule } = compiled;
  if (subject.kind === 'keys') {
    return explainGroup(context, rule, subject.keys, await runsOver(store, compiled, at, signal));
  }
  const id = subject.kind === 'event' ? subject.id : await idOfLine(files, subject.line, signal);
  return explainEvent(context, rule, await findEvent(store, id, subject));
}

async function runsOver(
  store: EventStore,
  compiled: CompiledRule,
  at: Instant | null,
  signal: AbortSignal,
): Promise<Ticks> {
  if (at !== null) return runAt(at, compiled.rule.interval);
  const { window } = await store.statistics();
  if (!window) throw new Problem('There is no event in the file.');
  return ticksOver(store, compiled, window, signal);
}

async function findEvent(store: EventStore, id: string, subject: ExplainSubject): Promise<ExplainedEvent> {
  const number = (await store.numbersOf([id])).get(id);
  const [document] = number === undefined ? [] : await store.documents([number]);
  if (number !== undefined && document) return { number, id, text: document.text };
  const what = subject.kind === 'line' ? `The record of line ${subject.line}` : `The event ${id}`;
  throw new Problem(`${what} is not among the events of the file.`);
}

/** The public id of the record on a line: its `event.id`, else a digest of its bytes. */
async function idOfLine(files: readonly InputFile[], line: number, signal: AbortSignal): Promise<string> {
  for (const { path } of files) {
    for await (const { number, bytes } of linesOf(path, MAX_RECORD_BYTES, signal)) {
      if (number === line) return eventIdIn(bytes) ?? `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      if (number > line) break;
    }
  }
  throw new Problem(`There is no record on line ${line}; --line is for files of JSON lines, not compressed.`);
}

function eventIdIn(bytes: Buffer): string | null {
  const idOf = flattener(catalogueOf([{ name: 'event.id', type: 'keyword', ignoreAbove: 1024 }]));
  const record = parseDocument(bytes.toString('utf8'));
  const id = record.ok ? idOf(record.value).get('event.id')?.[0] : undefined;
  return id === undefined ? null : String(id);
}
