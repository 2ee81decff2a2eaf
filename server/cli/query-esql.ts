import { formatInstant } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import { fieldsOf, showsEveryField } from '#shared/plan/fields.ts';
import { isHidden, type Plan } from '#shared/plan/plan.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { type Row, type Scalar, type Value, valuesOf } from '#shared/plan/value.ts';
import type { Asking } from './asking.ts';
import { loadInput } from './input.ts';
import { type Json, jsonLine } from './json.ts';
import { queryProblem } from './problem.ts';
import { storedFields, withMembersNamed } from './query-fields.ts';
import { refuseGaps, warn, warnOfEvaluation } from './query-warnings.ts';
import { print } from './terminal.ts';
import { withStore } from './workspace.ts';

export interface PreparedEsql {
  readonly plan: Plan;
  readonly stored: FieldCatalogue;
}

/** Compiles the query over the fields it needs; files are read for them only where ECS does not know them all. */
export async function prepareEsql(asking: Asking): Promise<PreparedEsql> {
  const { fields, query } = asking;
  if (fields.kind === 'mapping') return compile(asking, withMembersNamed(fields.mapping, query.text));
  const overEcs = compileEsql(query.text, fields.ecs);
  if (overEcs.ok && !showsEveryField(overEcs.value.plan)) return compile(asking, fields.ecs);
  const isUnknown = !overEcs.ok && overEcs.error.some(({ code }) => code === 'unknown-column');
  if (!overEcs.ok && !isUnknown) throw queryProblem(query.name, query.text, overEcs.error);
  const { found, all } = await fields.infer();
  // Rows that show every field show those that the files have, unless the query names another.
  return compile(asking, compileEsql(query.text, found).ok ? found : all);
}

function compile({ query, terminal }: Asking, catalogue: FieldCatalogue): PreparedEsql {
  const compiled = compileEsql(query.text, catalogue);
  if (!compiled.ok) throw queryProblem(query.name, query.text, compiled.error);
  warn(terminal, query, compiled.value.warnings);
  const { plan } = compiled.value;
  return { plan, stored: storedFields(fieldsReadBy(plan, catalogue), catalogue) };
}

const fieldsReadBy = (plan: Plan, { fields }: FieldCatalogue): readonly string[] =>
  showsEveryField(plan) ? fields.map(({ name }) => name) : fieldsOf(plan);

/** Prints the rows as objects. */
export async function runEsql(asking: Asking, { plan, stored }: PreparedEsql): Promise<void> {
  const { terminal, folder, engine, files, query, now } = asking;
  const storing = { engine, files, catalogue: stored, keepText: false, anyRecord: true };
  await withStore(terminal, folder, storing, async (store) => {
    await loadInput(terminal, store, files);
    refuseGaps(query, store.check(plan));
    const { columns, rows, warnings } = await store.run(plan, { now, signal: terminal.signal, text: query.text });
    const shown = columns.filter(({ name }) => !isHidden(name));
    for (const row of rows) await print(terminal, jsonLine(objectOf(row, shown)));
    warnOfEvaluation(terminal, warnings);
  });
}

const objectOf = (row: Row, columns: readonly ResultColumn[]): Json =>
  Object.fromEntries(columns.map(({ name, type }) => [name, cellOf(row[name], type)]));

/** Times as ISO text, several values as a list, none as null. */
function cellOf(value: Value | undefined, type: ResultColumn['type']): Json {
  const values = valuesOf(value).map(
    (scalar): Scalar => (type === 'datetime' ? formatInstant(Number(scalar)) : scalar),
  );
  return values.length > 1 ? values : (values[0] ?? null);
}
