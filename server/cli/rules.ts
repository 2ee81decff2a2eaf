import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type LoadedRule, loadRules } from '#server/rules/load.ts';
import { readRuleSources } from '#server/rules/rule-source.ts';
import { formatInstant, type Instant, parseInstant } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { widenForRule } from '#shared/rule/widen-for-rule.ts';
import { Problem, reasonOf } from './problem.ts';
import { note, resolvePath, type Terminal } from './terminal.ts';

/** The rules of these slugs or files, all that there are for none; files that cannot be used are noted. */
export async function findRules(terminal: Terminal, wanted: readonly string[]): Promise<readonly Rule[]> {
  const { rules, broken } = await loadRules(terminal.rulesFolder, 'rules');
  for (const { path, message } of broken) note(terminal, `rules/${path}: ${message}`);
  if (wanted.length === 0) return rules.map(({ rule }) => rule);
  const found: Rule[] = [];
  for (const one of new Set(wanted)) found.push(await find(terminal, rules, one));
  return found;
}

async function find(terminal: Terminal, rules: readonly LoadedRule[], wanted: string): Promise<Rule> {
  const loaded = rules.find(({ rule }) => rule.slug === wanted);
  if (loaded) return loaded.rule;
  const path = resolvePath(terminal, wanted);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const isFile = wanted.includes('/') || /\.(toml|ndjson)$/.test(wanted);
    const slugs = rules.map(({ rule }) => rule.slug).join(', ');
    throw new Problem(isFile ? `${wanted}: ${reasonOf(error)}` : `There is no rule ${wanted}; there are ${slugs}.`);
  });
  return ruleOfFile(wanted, text, path);
}

/** The only rule of a file. */
function ruleOfFile(name: string, text: string, path: string): Rule {
  const { rules } = readRuleSources(text, slugOfFile(path));
  const [source] = rules;
  if (!source || rules.length > 1) throw new Problem(`${name}: holds ${rules.length} rules, and one is needed`);
  if (source.rule.ok) return source.rule.value;
  const [problem] = source.rule.error;
  const { line, column } = problem ? source.place(problem) : { line: 1, column: 1 };
  throw new Problem(`${name}:${line}:${column}: ${problem?.message ?? 'cannot be read'}`);
}

/** What a rule is called by its file: the folder of a `rule.toml`, else the file's own name. */
export const slugOfFile = (file: string): string =>
  basename(file) === 'rule.toml'
    ? basename(dirname(file))
    : basename(file)
        .replace(/\.(toml|ndjson)$/, '')
        .replaceAll('_', '-');

/** The fields that rules need: the console's own, and whatever others they name. */
export const fieldsNamedBy = (rules: readonly Rule[]): FieldCatalogue =>
  rules.reduce<FieldCatalogue>((catalogue, rule) => widenForRule(catalogue, rule).catalogue, ECS_PROCESS);

/** The time of `--at`. */
export function readInstant(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === null) {
    throw new Problem(`--at ${text}: is no time; write it as ${formatInstant(Date.UTC(2026, 0, 31, 12))}.`);
  }
  return instant;
}
