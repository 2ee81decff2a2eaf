import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { must } from '#shared/base/assert.ts';
import { type Diagnostic, positionAt } from '#shared/base/diagnostic.ts';
import { type Result, succeed } from '#shared/base/result.ts';
import { formatInstant, parseInstant } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileException } from '#shared/exceptions/compile.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { isHidden, type Plan } from '#shared/plan/plan.ts';
import type { PlanResult, ResultColumn } from '#shared/plan/result.ts';
import { type Row, type Scalar, type Value, valuesOf } from '#shared/plan/value.ts';
import {
  type ConformanceCase,
  type ConformanceFile,
  catalogueOfFile,
  conformanceFiles,
  type EsqlCase,
  type ExceptionCase,
  queryOf,
  recordsOf,
} from './cases.ts';
import { type Harness, harnessFor } from './harness.ts';

interface Engine {
  readonly name: string;
  readonly open: (file: ConformanceFile) => Promise<EventStore>;
}

const ENGINES: readonly Engine[] = [
  {
    name: 'reference',
    open: async (file) => openReferenceStore({ catalogue: catalogueOfFile(file, false), anyRecord: true }),
  },
  {
    name: 'DuckDB',
    open: (file) => openDuckdbStore({ path: ':memory:', catalogue: catalogueOfFile(file, false), anyRecord: true }),
  },
  {
    name: 'DuckDB with lists',
    open: (file) => openDuckdbStore({ path: ':memory:', catalogue: catalogueOfFile(file, true), anyRecord: true }),
  },
];

describe.each(conformanceFiles().map((file) => [file.name, file] as const))('%s', (_, file) => {
  describe.each(ENGINES)('$name', (engine) => {
    let harness: Harness;
    beforeAll(async () => {
      harness = await harnessFor(await engine.open(file));
      const { events } = await harness.append(recordsOf(file));
      expect(events).toBe(Object.keys(file.documents).length);
    });
    afterAll(() => harness.close());

    test.each(file.cases.map((item) => [queryOf(item), item] as const))('%s', async (__, item) => {
      const now = must(parseInstant(item.now ?? file.now), 'now');
      const compiled = compile(item, harness.store);
      if (!compiled.ok || item.errors) {
        expect(compiled.ok ? 'a query' : problemLines(queryOf(item), compiled.error)).toBe(item.errors?.join('\n'));
        return;
      }
      const { plan, warnings } = compiled.value;
      expect(warnings.map(({ code }) => code)).toEqual(item.warnings);
      expect(harness.store.check(plan)).toEqual([]);
      expectAnswer(item, await harness.store.run(plan, { now, ...('esql' in item && { text: item.esql }) }));
    });
  });
});

interface Compiled {
  readonly plan: Plan;
  readonly warnings: readonly Diagnostic[];
}

function compile(item: ConformanceCase, { catalogue }: EventStore): Result<Compiled, readonly Diagnostic[]> {
  if ('esql' in item) {
    const compiled = compileEsql(item.esql, catalogue);
    if (!compiled.ok) return compiled;
    // Nearly every case would have to say so.
    const warnings = compiled.value.warnings.filter(({ code }) => code !== 'no-limit');
    return { ok: true, value: { plan: compiled.value.plan, warnings } };
  }
  const compiled = 'kql' in item ? compileKql(item.kql, catalogue) : compileExceptionCase(item, catalogue);
  if (!compiled.ok) return compiled;
  const { expression, warnings } = compiled.value;
  const steps: Plan['steps'] = [
    { kind: 'filter', where: expression },
    { kind: 'keep', columns: ['event.id'] },
  ];
  return { ok: true, value: { plan: { steps }, warnings } };
}

function compileExceptionCase({ exception, osTypes, lists }: ExceptionCase, catalogue: FieldCatalogue) {
  const compiled = compileException(exception, catalogue, { osTypes, lists: new Map(Object.entries(lists)) });
  return compiled.ok ? succeed({ expression: compiled.value, warnings: [] }) : compiled;
}

const problemLines = (text: string, problems: readonly Diagnostic[]): string =>
  problems.map((problem) => located(text, problem)).join('\n');

function located(text: string, { span, message }: Diagnostic): string {
  const { line, column } = positionAt(text, span?.from ?? 0);
  return `${line}:${column} ${message}`;
}

function expectAnswer(item: ConformanceCase, result: PlanResult): void {
  if (!('esql' in item)) {
    expect(result.rows.map((row) => row['event.id']).join(' ')).toBe(must(item.matches, 'matches').join(' '));
    return;
  }
  const columns = result.columns.filter(({ name }) => !isHidden(name));
  const rows = result.rows.map((row) => shown(row, columns));
  // As text: the order of columns counts.
  if (item.unordered) expect(asLines(rows).sort().join('\n')).toBe(asLines(item.unordered).sort().join('\n'));
  else expect(asLines(rows).join('\n')).toBe(asLines(must(item.rows, 'rows')).join('\n'));
  expectWarnings(item, result);
}

/** In any order. */
function expectWarnings({ evaluation }: EsqlCase, { warnings }: PlanResult): void {
  expect(warnings.map(({ message, rows }) => `${rows} x ${message}`).sort()).toEqual(evaluation.toSorted());
}

const asLines = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row));

const shown = (row: Row, columns: readonly ResultColumn[]): Record<string, Value> =>
  Object.fromEntries(columns.map(({ name, type }) => [name, shownCell(row[name], type)]));

function shownCell(value: Value | undefined, type: ResultColumn['type']): Value {
  const values = valuesOf(value).map((scalar) => shownScalar(scalar, type));
  return values.length > 1 ? values : (values[0] ?? null);
}

const shownScalar = (scalar: Scalar, type: ResultColumn['type']): Scalar =>
  typeof scalar === 'bigint' ? String(scalar) : type === 'datetime' ? formatInstant(Number(scalar)) : scalar;
