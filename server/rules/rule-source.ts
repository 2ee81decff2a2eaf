import { parse as parseToml, TomlError } from 'smol-toml';
import * as z from 'zod';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import { ruleFromElastic } from '#shared/rule/elastic-toml.ts';
import { jsonPositions } from '#shared/rule/json-positions.ts';
import { type ExportedRest, type ExportedRule, readKibanaExport } from '#shared/rule/kibana-ndjson.ts';
import { placeOf, type RulePlace } from '#shared/rule/position-map.ts';
import type { Rule } from '#shared/rule/rule.ts';
import type { RuleProblem } from '#shared/rule/rule-problem.ts';
import { slugOfName } from '#shared/rule/slug.ts';
import { tomlPositions } from '#shared/rule/toml-positions.ts';

/** A rule as it was given, and where its parts stand. */
export interface RuleSource {
  readonly format: 'toml' | 'ndjson';
  /** The file, or its line in an export. */
  readonly text: string;
  /** Line of the file at which it begins, from 1. */
  readonly line: number;
  /** What the text gives as name and type, also of a rule that cannot be read; null where it does not. */
  readonly name: string | null;
  readonly type: string | null;
  readonly enabled: boolean;
  readonly rule: Result<Rule, readonly RuleProblem[]>;
  /** Where in the file a problem is. */
  readonly place: (problem: RuleProblem) => RulePlace;
}

export interface RuleSources {
  readonly rules: readonly RuleSource[];
  /** What else an export holds. */
  readonly rest: ExportedRest;
}

const NOTHING_ELSE: ExportedRest = { exceptionLists: 0, exceptionItems: 0, connectors: 0 };

/** The rules of a text: one TOML file in Elastic's layout, or Kibana's export, which begins with a brace. */
export function readRuleSources(text: string, slug?: string): RuleSources {
  return text.trimStart().startsWith('{') ? exportedRules(text) : { rules: [tomlRule(text, slug)], rest: NOTHING_ELSE };
}

/** Most rules have no problem to be placed. */
function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function tomlRule(text: string, slug: string | undefined): RuleSource {
  const whole = { format: 'toml', text, line: 1, enabled: true } as const;
  const document = readTomlDocument(text);
  if (!document.ok) {
    const { line, column, problem } = document.error;
    const place = { line, column, query: null };
    return { ...whole, name: null, type: null, rule: fail([problem]), place: () => place };
  }
  const { name, type, query } = textsIn(document.value);
  const positions = once(() => tomlPositions(text, query ?? ''));
  return {
    ...whole,
    name,
    type,
    rule: ruleFromElastic(document.value, slug ?? slugOfName(name ?? '')),
    place: (problem) => placeOf(text, query ?? '', positions(), problem),
  };
}

function exportedRules(text: string): RuleSources {
  const { rules, rest } = readKibanaExport(text, slugOfName);
  return { rest, rules: rules.map(exportedRule) };
}

function exportedRule({ document, rule, line, text, enabled }: ExportedRule): RuleSource {
  const { name, type, query } = textsIn({ rule: document });
  const positions = once(() => jsonPositions(text, query ?? ''));
  const place = (problem: RuleProblem) => placeOf(text, query ?? '', positions(), problem, line);
  return { format: 'ndjson', text, line, enabled, name, type, rule, place };
}

interface TomlProblem {
  readonly problem: RuleProblem;
  readonly line: number;
  readonly column: number;
}

/** A parsed TOML text, or where it breaks off. */
export function readTomlDocument(text: string): Result<unknown, TomlProblem> {
  try {
    return succeed(parseToml(text));
  } catch (error) {
    // Its parser goes down a level of nesting per call.
    if (error instanceof RangeError) return fail({ problem: tomlProblem('is nested too deep'), line: 1, column: 1 });
    if (!(error instanceof TomlError)) throw error;
    const [message = 'cannot be read'] = error.message.split('\n');
    return fail({ problem: tomlProblem(message), line: error.line, column: error.column });
  }
}

const tomlProblem = (message: string): RuleProblem => ({ code: 'toml', severity: 'error', message });

const text = z.string().nullable().catch(null);
const textsSchema = z
  .object({ rule: z.object({ name: text, type: text, query: text }) })
  .catch({ rule: { name: null, type: null, query: null } });

/** Texts of `[rule]`, before anything is known of the rest. */
const textsIn = (document: unknown): z.output<typeof textsSchema>['rule'] => textsSchema.parse(document).rule;
