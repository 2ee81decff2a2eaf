import { type Diagnostic, hasErrors } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { lowerCommand, MAX_ROWS } from '#shared/lang/esql/lower/command.ts';
import type { Context, Scope } from '#shared/lang/esql/lower/context.ts';
import { lowerExpression } from '#shared/lang/esql/lower/expression.ts';
import { geoPointSteps } from '#shared/lang/esql/lower/geo-points.ts';
import { metadataSteps } from '#shared/lang/esql/lower/metadata.ts';
import { nullifies } from '#shared/lang/esql/lower/settings.ts';
import { subFieldSteps } from '#shared/lang/esql/lower/sub-fields.ts';
import type { Query } from '#shared/lang/esql/syntax/ast.ts';
import { parseEsql } from '#shared/lang/esql/syntax/parse.ts';
import { columnsAfter, sourceColumns, visible } from '#shared/plan/columns.ts';
import type { Plan, Step } from '#shared/plan/plan.ts';
import { provenanceAfter, SOURCE } from '#shared/plan/provenance.ts';
import type { ResultColumn } from '#shared/plan/result.ts';

/** What Elasticsearch adds to a query without LIMIT. */
const DEFAULT_ROWS = 1000;

export interface EsqlQuery {
  readonly plan: Plan;
  /** The index patterns of FROM; which events they mean is not decided here. */
  readonly indices: readonly string[];
  /** The columns of its rows, in order. */
  readonly columns: readonly ResultColumn[];
  readonly warnings: readonly Diagnostic[];
}

/**
 * An ES|QL query as a plan over events with these fields, the language's rules spelled out in it: single values, Kleene's
 * logic, order of nulls, limits. Either every problem of the query, located, or a plan with warnings.
 */
export function compileEsql(text: string, catalogue: FieldCatalogue): Result<EsqlQuery, readonly Diagnostic[]> {
  const parsed = parseEsql(text);
  if (!parsed.ok) return parsed;
  const source = sourceColumns(catalogue);
  const problems: Diagnostic[] = [];
  const steps = lowerQuery(parsed.value, {
    text,
    scope: scopeOf(visible(source)),
    problems,
    catalogue,
    lower: lowerExpression,
  });
  if (hasErrors(problems)) return fail(problems.toSorted(byPlace));
  const limited = withLimit(steps, problems);
  return succeed({
    plan: { steps: limited },
    indices: parsed.value.indices,
    columns: visible(columnsAfter(limited, source)),
    warnings: problems,
  });
}

const byPlace = (left: Diagnostic, right: Diagnostic): number => (left.span?.from ?? 0) - (right.span?.from ?? 0);

const scopeOf = (columns: readonly ResultColumn[]): Scope => ({
  columns,
  broken: new Set(),
  open: false,
  events: true,
});

function lowerQuery(query: Query, start: Omit<Context, 'metadata' | 'provenance'>): readonly Step[] {
  const metadata = new Set(query.metadata.map((word) => word.text));
  const steps: Step[] = [
    ...metadataSteps(query.metadata, start.catalogue),
    ...subFieldSteps(start.text, start.catalogue),
    ...geoPointSteps(start.text, start.catalogue),
  ];
  let scope: Scope = { ...start.scope, columns: visible(columnsAfter(steps, sourceColumns(start.catalogue))) };
  let provenance = steps.reduce(provenanceAfter, SOURCE);
  const nullify = nullifies(query.settings, { ...start, scope, metadata, provenance });
  for (const command of query.commands) {
    const outcome = lowerCommand(command, { ...start, scope, metadata, provenance, nullify });
    steps.push(...outcome.steps);
    provenance = outcome.steps.reduce(provenanceAfter, provenance);
    scope = { ...outcome.scope, columns: visible(outcome.scope.columns) };
  }
  return steps;
}

/** No query gives more than 10,000 rows, and 1,000 unless it says how many. */
function withLimit(steps: readonly Step[], problems: Diagnostic[]): readonly Step[] {
  if (!steps.some(isTotal)) {
    const message = `No limit defined, adding default limit of [${DEFAULT_ROWS}]`;
    problems.push({ code: 'no-limit', severity: 'warning', message });
    return [...steps, { kind: 'limit', count: DEFAULT_ROWS }];
  }
  const last = steps.at(-1);
  if (last?.kind === 'limit' && isTotal(last))
    return [...steps.slice(0, -1), { ...last, count: Math.min(last.count, MAX_ROWS) }];
  return isBounded(steps) ? steps : [...steps, { kind: 'limit', count: MAX_ROWS }];
}

/** Whether a limit holds to the end: several values of a cell can still make more rows of one. */
function isBounded(steps: readonly Step[]): boolean {
  const grown = steps.findLastIndex((step) => step.kind === 'expand' || step.kind === 'aggregate');
  return steps.slice(grown + 1).some((step) => isTotal(step) && step.count <= MAX_ROWS);
}

/** Whether a step limits all rows together; with BY it does not say how many there may be. */
const isTotal = (step: Step): step is Step & { readonly kind: 'limit' } => step.kind === 'limit' && !step.per;
