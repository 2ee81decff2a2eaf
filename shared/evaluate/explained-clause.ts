/** One clause of a rule with what it saw in one event. */
export interface ExplainedClause {
  /** Text of the clause as the rule has it. */
  readonly text: string;
  readonly operator: 'and' | 'or' | 'not' | 'leaf';
  readonly outcome: 'pass' | 'fail' | 'null';
  /** For leaves: field and values it saw, and the value or pattern that decided. */
  readonly field: string | null;
  readonly saw: readonly string[];
  readonly children: readonly ExplainedClause[];
}
