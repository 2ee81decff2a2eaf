import { type Diagnostic, hasErrors } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { type Expression, TRUE } from '#shared/plan/expression.ts';
import { withHabits } from './habits.ts';
import { lowerQuery } from './lower-query.ts';
import { parseKql } from './parse.ts';

/** A query as an expression over source events, with what its author should know about it. */
export interface CompiledKql {
  readonly expression: Expression;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Reads KQL and lowers it to an expression that is true or false of every event, never null: KQL has no third value. The
 * empty query is true. Semantics are Kibana's over Elasticsearch (elastic/kibana `kbn-es-query/src/kuery/functions`).
 */
export function compileKql(text: string, catalogue: FieldCatalogue): Result<CompiledKql, readonly Diagnostic[]> {
  const parsed = parseKql(text);
  if (!parsed.ok) return parsed;
  const found: Diagnostic[] = [];
  const expression = parsed.value ? lowerQuery(parsed.value, { catalogue, diagnostics: found, lenient: false }) : TRUE;
  const diagnostics = withHabits(withoutRepeats(found), parsed.value, text);
  return hasErrors(diagnostics) ? fail(diagnostics) : succeed({ expression, warnings: diagnostics });
}

/** A field with a list of values is met once per value. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(diagnostics.map((one) => [`${one.code} ${one.span?.from} ${one.span?.to}`, one]));
  return [...seen.values()];
}
