import { isDeepStrictEqual } from 'node:util';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { Instant } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Plan } from '#shared/plan/plan.ts';
import type { EvaluationWarning, PlanResult } from '#shared/plan/result.ts';
import { harnessFor } from './harness.ts';

/** DuckDB's answer beside the judge's. */
export interface Comparison {
  readonly equal: boolean;
  readonly expected: Answer;
  readonly actual: Answer;
}

type Answer = Pick<PlanResult, 'columns' | 'rows' | 'warnings'>;

/** Both stores over the same records. */
export interface Pair {
  append(records: readonly unknown[]): Promise<void>;
  /** Records as text, one a line. */
  appendText(text: string): Promise<void>;
  /** What of a plan DuckDB says that it cannot do. */
  lacks(plan: Plan): readonly Diagnostic[];
  /** Asks both; rows must be equal in order and in every column, hidden ones too. */
  compare(plan: Plan, now: Instant): Promise<Comparison>;
  close(): Promise<void>;
}

export async function openPair(catalogue: FieldCatalogue): Promise<Pair> {
  const duckdb = await harnessFor(await openDuckdbStore({ path: ':memory:', catalogue }));
  const reference = await harnessFor(openReferenceStore({ catalogue }));
  return {
    append: async (records) => {
      await duckdb.append(records);
      await reference.append(records);
    },
    appendText: async (text) => {
      await duckdb.appendText(text);
      await reference.appendText(text);
    },
    lacks: (plan) => duckdb.store.check(plan),
    compare: async (plan, now) => {
      const expected = answerOf(await reference.store.run(plan, { now }));
      const actual = answerOf(await duckdb.store.run(plan, { now }));
      return { equal: isDeepStrictEqual(actual, expected), expected, actual };
    },
    close: async () => {
      await duckdb.close();
      await reference.close();
    },
  };
}

const answerOf = ({ columns, rows, warnings }: PlanResult): Answer => ({
  columns,
  rows,
  warnings: warnings.toSorted(byMessage),
});

const byMessage = (left: EvaluationWarning, right: EvaluationWarning): number =>
  left.message < right.message ? -1 : Number(left.message > right.message);
