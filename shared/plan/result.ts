import type { Row, ValueType } from './value.ts';

export interface ResultColumn {
  readonly name: string;
  readonly type: ValueType;
}

/** A problem of evaluation that made a value null, as Elasticsearch reports it, and how many rows it met. */
export interface EvaluationWarning {
  readonly message: string;
  readonly rows: number;
}

/** What a store answers. A partial answer is never shown as a whole one. */
export interface PlanResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly Row[];
  readonly completeness: 'complete' | 'truncated' | 'partial';
  readonly warnings: readonly EvaluationWarning[];
}
