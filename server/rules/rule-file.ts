import { misfitsIn } from '#shared/base/misfit.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { Guide } from '#shared/guide/guide.ts';
import { ruleFromElastic } from '#shared/rule/elastic-toml.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { readGuide } from './guide-file.ts';
import { readTomlDocument } from './rule-source.ts';

/** What is wrong with a file, a line a problem, for whoever wrote it. */
export type Problems = readonly string[];

/** The text of a `rule.toml`. */
export function readRuleFile(text: string, slug: string): Result<Rule, Problems> {
  const document = readToml(text);
  if (!document.ok) return document;
  const rule = ruleFromElastic(document.value, slug);
  return rule.ok ? rule : fail(rule.error.map(({ message, remedy }) => (remedy ? `${message} ${remedy}` : message)));
}

/** The text of a `guide.toml`. */
export function readGuideFile(text: string): Result<Guide, Problems> {
  const document = readToml(text);
  if (!document.ok) return document;
  const guide = readGuide(document.value);
  return guide.success ? succeed(guide.data) : fail(misfitsIn(guide.error, document.value));
}

function readToml(text: string): Result<unknown, Problems> {
  const document = readTomlDocument(text);
  if (document.ok) return document;
  const { line, column, problem } = document.error;
  return fail([`line ${line}:${column}: ${problem.message}`]);
}
