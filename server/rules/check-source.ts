import { hasErrors, type Position } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { Rule } from '#shared/rule/rule.ts';
import type { RuleProblem } from '#shared/rule/rule-problem.ts';
import { widenForRule } from '#shared/rule/widen-for-rule.ts';
import type { RuleSource } from './rule-source.ts';

/** A problem with its place in the file, and in the query where it is there. */
export interface PlacedProblem extends Position {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly remedy: string | null;
  readonly query: Position | null;
}

export interface SourceReport {
  /** Null where the rule cannot be read. */
  readonly rule: Rule | null;
  /** Null where it cannot be evaluated. */
  readonly compiled: CompiledRule | null;
  readonly diagnostics: readonly PlacedProblem[];
  /** Names of what this program does not know: a type of rule, a function, a setting. */
  readonly unsupported: readonly string[];
  /** Fields it reads that the catalogue lacks. */
  readonly otherFields: readonly string[];
}

/**
 * Whether a rule can be evaluated: compiled over the catalogue and whatever other fields it names, since a file does not say
 * which data it is for.
 */
export function checkSource(source: RuleSource, catalogue: FieldCatalogue): SourceReport {
  const found = source.rule.ok ? compileWide(source.rule.value, catalogue) : unread(source.rule.error);
  const query = found.rule?.query ?? '';
  return {
    rule: found.rule,
    compiled: found.compiled,
    otherFields: found.otherFields,
    diagnostics: found.problems.map((problem) => placed(source, problem)),
    unsupported: [
      ...new Set([
        ...(found.rule?.unapplied ?? []),
        ...found.problems.flatMap((problem) => unsupportedIn(problem, query)),
      ]),
    ],
  };
}

interface Found {
  readonly rule: Rule | null;
  readonly compiled: CompiledRule | null;
  readonly problems: readonly RuleProblem[];
  readonly otherFields: readonly string[];
}

const unread = (problems: readonly RuleProblem[]): Found => ({
  rule: null,
  compiled: null,
  problems,
  otherFields: [],
});

function compileWide(rule: Rule, catalogue: FieldCatalogue): Found {
  const wide = widenForRule(catalogue, rule);
  const compiled = compileRule(rule, wide.catalogue, []);
  const otherFields = wide.catalogue.fields.map(({ name }) => name).filter((name) => !catalogue.find(name));
  const problems = [...(compiled.ok ? compiled.value.warnings : compiled.error), ...wide.warnings, ...passedOver(rule)];
  return { rule, compiled: compiled.ok && !hasErrors(problems) ? compiled.value : null, problems, otherFields };
}

const passedOver = ({ unapplied }: Rule): readonly RuleProblem[] =>
  unapplied.map((name) => ({
    code: 'setting-not-applied',
    severity: 'warning',
    message: `rule.${name} is not applied: alerts of the same keys join one alert while that is open.`,
    path: `rule.${name}`,
  }));

const placed = (source: RuleSource, problem: RuleProblem): PlacedProblem => ({
  code: problem.code,
  severity: problem.severity,
  message: problem.message,
  remedy: problem.remedy ?? null,
  ...source.place(problem),
});

/** Longest stretch of a query that serves as a name. */
const LONGEST_NAME = 60;

function unsupportedIn({ code, span, path, message }: RuleProblem, query: string): readonly string[] {
  if (!code.startsWith('unsupported')) return [];
  if (span) return [query.slice(span.from, Math.min(span.to, span.from + LONGEST_NAME))];
  const type = code === 'unsupported-rule-type' ? /is (\S+), which/.exec(message)?.[1] : undefined;
  return [type ?? path ?? message];
}
