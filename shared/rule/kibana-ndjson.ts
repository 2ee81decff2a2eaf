import * as z from 'zod';
import { objectProblemText } from '#shared/base/json.ts';
import { type JsonDocument, jsonDocuments } from '#shared/base/json-documents.ts';
import { fail, type Result } from '#shared/base/result.ts';
import { ruleFromElastic } from './elastic-toml.ts';
import type { Rule } from './rule.ts';
import type { RuleProblem } from './rule-problem.ts';

/** A rule of an export, with the line it stands on. */
export interface ExportedRule {
  /** That it begins on, from 1. */
  readonly line: number;
  /** As it is. */
  readonly text: string;
  /** As JSON; null where it is no object. */
  readonly document: object | null;
  /** Whether it was switched on where it came from. */
  readonly enabled: boolean;
  readonly rule: Result<Rule, readonly RuleProblem[]>;
}

/** Lines of an export that are no rules. */
export interface ExportedRest {
  readonly exceptionLists: number;
  readonly exceptionItems: number;
  readonly connectors: number;
}

export interface KibanaExport {
  readonly rules: readonly ExportedRule[];
  readonly rest: ExportedRest;
}

/**
 * Rules as Kibana exports them: a line of JSON a rule, then exception lists and items, connectors, and a summary (elastic/kibana
 * `detection_engine/rule_management/logic/export`). A line that is none of these stands for a rule that cannot be read.
 * `slugOf` gives a rule its slug by its name.
 */
export function readKibanaExport(text: string, slugOf: (name: string) => string): KibanaExport {
  const rules: ExportedRule[] = [];
  const rest = { exceptionLists: 0, exceptionItems: 0, connectors: 0 };
  for (const document of jsonDocuments(text)) {
    const kind = document.object.ok ? kindOf(document.object.value) : 'unknown';
    if (kind === 'rule' || kind === 'unknown') rules.push(exportedRule(document, slugOf));
    else if (kind !== 'summary') rest[kind] += 1;
  }
  return { rules, rest };
}

type Line = 'rule' | 'unknown' | 'summary' | keyof ExportedRest;

/** `item_id` comes before `list_id`: items have both. */
function kindOf(document: object): Line {
  if ('exported_rules_count' in document || 'exported_count' in document || 'exported_exception_list_count' in document)
    return 'summary';
  if ('rule_id' in document) return 'rule';
  if ('item_id' in document) return 'exceptionItems';
  if ('list_id' in document) return 'exceptionLists';
  return 'attributes' in document && 'type' in document && document.type === 'action' ? 'connectors' : 'unknown';
}

const named = z.object({ name: z.string().catch('') });
const switched = z.object({ enabled: z.boolean().catch(true) });

function exportedRule({ line, text, object }: JsonDocument, slugOf: (name: string) => string): ExportedRule {
  const unreadable = (problem: Pick<RuleProblem, 'code' | 'message' | 'offset'>): ExportedRule => ({
    ...{ line, text, document: object.ok ? object.value : null, enabled: false },
    rule: fail([{ severity: 'error', ...problem }]),
  });
  if (!object.ok) {
    return unreadable({ code: 'json', message: objectProblemText(object.error), offset: object.error.offset });
  }
  const document = object.value;
  if (!('rule_id' in document)) {
    return unreadable({ code: 'no-rule', message: 'This line is no rule, exception or connector.' });
  }
  const rule = ruleFromElastic({ rule: inFileLayout(document) }, slugOf(named.parse(document).name));
  return { line, text, document, enabled: switched.parse(document).enabled, rule };
}

/** The interface of Kibana has the terms of a new terms rule beside the rest, its files have them in a table. */
function inFileLayout(document: object): object {
  const { new_terms_fields: value, history_window_start: start } = document as Readonly<Record<string, unknown>>;
  return value === undefined
    ? document
    : { ...document, new_terms: { value, history_window_start: [{ value: start }] } };
}
