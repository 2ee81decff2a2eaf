import type { EventStore } from '#server/store/event-store.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { aggregate } from '#shared/plan/build.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { fieldsOf } from '#shared/plan/fields.ts';
import { EVENTS_COLUMN, type Plan } from '#shared/plan/plan.ts';
import { valuesOf } from '#shared/plan/value.ts';
import type { Asking } from './asking.ts';
import { loadInput } from './input.ts';
import { queryProblem } from './problem.ts';
import { storedFields, watchedCatalogue } from './query-fields.ts';
import { refuseGaps, warn } from './query-warnings.ts';
import { print } from './terminal.ts';
import { withStore } from './workspace.ts';

export interface PreparedKql {
  readonly filter: Expression;
  readonly stored: FieldCatalogue;
}

/** Compiles the query over the fields it needs; files are read for them only where ECS does not know them all. */
export async function prepareKql(asking: Asking): Promise<PreparedKql> {
  const { fields } = asking;
  if (fields.kind === 'mapping') return compile(asking, fields.mapping);
  const watched = watchedCatalogue(fields.ecs);
  const result = compileKql(asking.query.text, watched.catalogue);
  if (result.ok && !watched.wantedMore()) return compile(asking, fields.ecs);
  const { all } = await fields.infer();
  return compile(asking, all);
}

function compile({ query, terminal }: Asking, catalogue: FieldCatalogue): PreparedKql {
  const compiled = compileKql(query.text, catalogue);
  if (!compiled.ok) throw queryProblem(query.name, query.text, compiled.error);
  warn(terminal, query, compiled.value.warnings);
  const filter = compiled.value.expression;
  return { filter, stored: storedFields(fieldsOf(filter), catalogue) };
}

/** Prints matching records as they came, or their ids, in the order of the files. */
export async function runKql(asking: Asking, { filter, stored }: PreparedKql): Promise<void> {
  const { terminal, folder, engine, files, format, query, now } = asking;
  const storing = { engine, files, catalogue: stored, keepText: format === 'ndjson', anyRecord: true };
  await withStore(terminal, folder, storing, async (store) => {
    await loadInput(terminal, store, files);
    const plan = numbersPlan(filter);
    refuseGaps(query, store.check(plan));
    const { rows } = await store.run(plan, { now, signal: terminal.signal });
    const numbers = valuesOf(rows[0]?.[EVENTS_COLUMN]).map(Number);
    await printDocuments(asking, store, numbers);
  });
}

/** One row with the numbers of all events that match, ascending. */
const numbersPlan = (filter: Expression): Plan => ({
  steps: [
    { kind: 'filter', where: filter },
    { kind: 'aggregate', keys: [], aggregates: [aggregate(EVENTS_COLUMN, 'events')] },
  ],
});

/** Documents that are in memory together. */
const AT_ONCE = 2_000;

async function printDocuments(
  { terminal, format }: Asking,
  store: EventStore,
  numbers: readonly number[],
): Promise<void> {
  for (let at = 0; at < numbers.length; at += AT_ONCE) {
    for (const { id, text } of await store.documents(numbers.slice(at, at + AT_ONCE))) {
      await print(terminal, format === 'ids' ? id : text);
    }
  }
}
