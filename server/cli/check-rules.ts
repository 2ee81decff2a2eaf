import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readRuleFile } from '#server/rules/rule-file.ts';
import { formatDiagnostic } from '#shared/base/diagnostic.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { type Json, jsonLine } from './json.ts';
import { reasonOf } from './problem.ts';
import { print, resolvePath, type Terminal } from './terminal.ts';

/** Checks rule files, printing a line of JSON for each; true where all of them can be evaluated. */
export async function checkRules(paths: readonly string[], terminal: Terminal): Promise<boolean> {
  let allGood = true;
  for (const given of paths) {
    for (const path of await ruleFilesOf(given, resolvePath(terminal, given))) {
      const report = await checkFile(path, resolvePath(terminal, path));
      await print(terminal, jsonLine({ path, ...report }));
      allGood &&= report.ok;
    }
  }
  return allGood;
}

/** A folder stands for all rule files in and below it; whatever else was given stands for itself. */
async function ruleFilesOf(given: string, path: string): Promise<readonly string[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return [given];
  const names = await readdir(path, { recursive: true });
  const files = names.filter((name) => name.endsWith('.toml') && basename(name) !== 'guide.toml').sort();
  return files.length === 0 ? [given] : files.map((name) => join(given, name));
}

interface Report {
  readonly ok: boolean;
  readonly problems: readonly string[];
  readonly [name: string]: Json;
}

const failed = (problems: readonly string[]): Report => ({ ok: false, problems });

async function checkFile(name: string, path: string): Promise<Report> {
  try {
    const rule = readRuleFile(await readFile(path, 'utf8'), slugOf(path));
    return rule.ok ? checkRule(rule.value) : failed(rule.error);
  } catch (error) {
    return failed([`${name}: ${reasonOf(error)}`]);
  }
}

const slugOf = (file: string): string =>
  basename(file) === 'rule.toml' ? basename(dirname(file)) : basename(file, '.toml').replaceAll('_', '-');

function checkRule(rule: Rule): Report {
  const compiled = compileRule(rule, ECS_PROCESS, []);
  const about = { slug: rule.slug, name: rule.name, type: rule.type, language: rule.language };
  if (!compiled.ok) {
    return { ok: false, problems: compiled.error.map((problem) => formatDiagnostic(rule.query, problem)), ...about };
  }
  const { keys, limit, warnings } = compiled.value;
  return {
    ok: true,
    problems: [],
    ...about,
    keys,
    limit,
    warnings: warnings.map((warning) => formatDiagnostic(rule.query, warning)),
  };
}
