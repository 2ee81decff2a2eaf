import type { EventStore } from '#server/store/event-store.ts';
import { type Diagnostic, hasErrors } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import { type Instant, parseInstant } from '#shared/base/time.ts';
import { compileEsql, type EsqlQuery } from '#shared/lang/esql/compile.ts';
import { MAX_ROWS } from '#shared/lang/esql/lower/command.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { planBuilder } from '#shared/plan/build.ts';
import { allOf } from '#shared/plan/expression.ts';
import type { Plan, Step } from '#shared/plan/plan.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import { within } from './ask.ts';

/** What somebody asks of the events. */
export interface Question {
  readonly language: 'kql' | 'esql';
  readonly query: string;
  /** ISO 8601; an absent end is open. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** KQL: the fields to show; unknown ones are left out. */
  readonly columns: readonly string[];
}

/** A question as plans. */
export interface CompiledSearch {
  readonly plan: Plan;
  readonly columns: readonly ResultColumn[];
  /** Steps that let through the source rows to be counted over time. */
  readonly counted: readonly Step[];
  /** Rows are events, newest first; else what an ES|QL query makes. */
  readonly isList: boolean;
  /** Rows at which a limit that the query does not set itself ends its result; null where there is none. */
  readonly bound: number | null;
}

interface Range {
  readonly from: Instant;
  readonly to: Instant;
  /** False where there are no events. */
  readonly known: boolean;
}

/** The time a question is about: its own ends, else those of what is stored. */
export async function rangeOf(store: EventStore, { from, to }: Question): Promise<Range> {
  const { window } = await store.statistics();
  return {
    from: instantOf(from) ?? window?.from ?? 0,
    to: instantOf(to) ?? window?.to ?? 0,
    known: window !== null,
  };
}

const instantOf = (text: string | undefined): Instant | null => (text === undefined ? null : parseInstant(text));

/** Plans for a question; of a list at most `rows` events. Diagnostics where the query cannot be read or run. */
export function compileSearch(
  store: EventStore,
  question: Question,
  range: { readonly from: Instant; readonly to: Instant },
  rows: number,
): Result<CompiledSearch, readonly Diagnostic[]> {
  const inRange: Step = { kind: 'filter', where: within(store, range) };
  return question.language === 'kql' ? list(store, question, inRange, rows) : table(store, question, inRange);
}

/** Read even where they are not shown: by these an event is known and ordered. */
const ALWAYS = ['@timestamp', 'event.id'];

function list(
  store: EventStore,
  { query, columns: wanted }: Question,
  inRange: Step & { readonly kind: 'filter' },
  rows: number,
): Result<CompiledSearch, readonly Diagnostic[]> {
  const compiled = compileKql(query, store.catalogue);
  if (!compiled.ok) return compiled;
  const columns = [...new Set(wanted)].flatMap((name): ResultColumn[] => {
    const field = store.catalogue.find(name);
    return field ? [{ name, type: valueTypeOf(field.type) }] : [];
  });
  const counted: Step[] = [{ kind: 'filter', where: allOf([inRange.where, compiled.value.expression]) }];
  const { column } = planBuilder(store.catalogue);
  const steps: Step[] = [
    ...counted,
    // Before sorting, so that ties are settled by these columns and not by all that an event has.
    { kind: 'keep', columns: [...new Set([...ALWAYS, ...columns.map(({ name }) => name)])] },
    { kind: 'sort', by: [{ value: column('@timestamp'), direction: 'descending', nulls: 'last' }] },
    { kind: 'limit', count: rows },
  ];
  return succeed({ plan: { steps }, columns, counted, isList: true, bound: null });
}

function table(store: EventStore, { query }: Question, inRange: Step): Result<CompiledSearch, readonly Diagnostic[]> {
  const compiled = compileEsql(query, store.catalogue);
  if (!compiled.ok) return compiled;
  const plan: Plan = { steps: [inRange, ...compiled.value.plan.steps] };
  const problems = store.check(plan);
  if (hasErrors(problems)) return fail(problems);
  return succeed({
    plan,
    columns: compiled.value.columns,
    counted: beginningOf(plan),
    isList: false,
    bound: boundOf(compiled.value),
  });
}

/** ES|QL ends every result at 10,000 rows, and at 1,000 where it says nothing. */
function boundOf({ plan, warnings }: EsqlQuery): number | null {
  const last = plan.steps.at(-1);
  if (last?.kind !== 'limit') return null;
  return last.count === MAX_ROWS || warnings.some(({ code }) => code === 'no-limit') ? last.count : null;
}

/** The conditions that a query begins with, and what they need, while its rows still are events with their time. */
function beginningOf({ steps }: Plan): readonly Step[] {
  const end = steps.findIndex(
    (step) =>
      step.kind !== 'filter' && !(step.kind === 'derive' && step.columns.every(({ name }) => name !== '@timestamp')),
  );
  const beginning = end === -1 ? steps : steps.slice(0, end);
  return beginning.slice(0, beginning.findLastIndex(({ kind }) => kind === 'filter') + 1);
}
