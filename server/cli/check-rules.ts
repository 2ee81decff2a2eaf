import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { checkSource, type PlacedProblem, type SourceReport } from '#server/rules/check-source.ts';
import { type RuleSource, readRuleSources } from '#server/rules/rule-source.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { type Json, jsonLine } from './json.ts';
import { reasonOf } from './problem.ts';
import { slugOfFile } from './rules.ts';
import { print, resolvePath, type Terminal } from './terminal.ts';

/**
 * Checks rule files, printing a line of JSON for each rule: one of a TOML file, as many as an export of Kibana holds. True
 * where all of them can be evaluated.
 */
export async function checkRules(paths: readonly string[], terminal: Terminal): Promise<boolean> {
  let allGood = true;
  for (const given of paths) {
    for (const path of await ruleFilesOf(given, resolvePath(terminal, given))) {
      for (const report of await checkFile(path, resolvePath(terminal, path))) {
        await print(terminal, jsonLine({ path, ...report }));
        allGood &&= report.ok;
      }
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
  const names = await readdir(path, { recursive: true }).catch(() => []);
  const files = names.filter((name) => /\.(toml|ndjson)$/.test(name) && basename(name) !== 'guide.toml').sort();
  return files.length === 0 ? [given] : files.map((name) => join(given, name));
}

interface Report {
  readonly ok: boolean;
  readonly [name: string]: Json;
}

/** No rule file, and no export of rules, is as large. */
const LARGEST_BYTES = 64 * 1024 ** 2;

async function checkFile(name: string, path: string): Promise<readonly Report[]> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return [unreadable(`${name}: is a folder without rule files`)];
    if (found.size > LARGEST_BYTES) return [unreadable(`${name}: is larger than any rule file`)];
    const { rules } = readRuleSources(await readFile(path, 'utf8'), slugOfFile(path));
    return rules.length > 0 ? rules.map(checkRule) : [unreadable(`${name}: holds no rule`)];
  } catch (error) {
    return [unreadable(`${name}: ${reasonOf(error)}`)];
  }
}

const unreadable = (message: string): Report => ({
  ok: false,
  name: null,
  type: null,
  diagnostics: [{ code: 'unreadable', severity: 'error', line: 1, column: 1, message }],
  unsupported: [],
});

function checkRule(source: RuleSource): Report {
  const { rule, compiled, diagnostics, unsupported } = checkSource(source, ECS_PROCESS);
  return {
    ...(source.format === 'ndjson' && { line: source.line }),
    ok: compiled !== null,
    slug: rule?.slug ?? null,
    name: rule?.name ?? source.name,
    type: rule?.type ?? source.type,
    language: rule?.language ?? null,
    ...settingsOf(compiled),
    diagnostics: diagnostics.map(problemJson),
    unsupported,
  };
}

const settingsOf = (compiled: SourceReport['compiled']): { readonly [name: string]: Json } =>
  compiled ? { keys: compiled.keys, limit: compiled.limit } : {};

const problemJson = ({ code, severity, line, column, message, remedy, query }: PlacedProblem): Json => ({
  code,
  severity,
  line,
  column,
  message,
  ...(remedy !== null && { remedy }),
  ...(query && { query_line: query.line, query_column: query.column }),
});
