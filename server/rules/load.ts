import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '#shared/base/result.ts';
import type { Guide } from '#shared/guide/guide.ts';
import { guideOfNote } from '#shared/guide/note-guide.ts';
import type { Rule, RuleCase } from '#shared/rule/rule.ts';
import { type Problems, readGuideFile, readRuleFile } from './rule-file.ts';

export interface LoadedRule {
  readonly rule: Rule;
  /** That of the folder, else what the rule's note holds; null where there is neither. */
  readonly guide: Guide | null;
  readonly cases: readonly RuleCase[];
}

/** A file that could not be used: its path under the rules folder, and what is wrong with it, in one line. */
interface BrokenFile {
  readonly path: string;
  readonly message: string;
}

export interface RuleLibrary {
  /** By slug. */
  readonly rules: readonly LoadedRule[];
  readonly broken: readonly BrokenFile[];
}

/** `rules`: neither guides nor cases, which take longer to read than the rules. */
export type RuleParts = 'all' | 'rules';

/**
 * Reads every rule of a folder: `<slug>/rule.toml` with `guide.toml` and `cases.yaml` beside it, or a rule file of Elastic's
 * public repository as it is (`some_rule.toml`, slug `some-rule`). A file that cannot be used is listed and stops nothing.
 */
export async function loadRules(folder: string, parts: RuleParts = 'all'): Promise<RuleLibrary> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const broken: BrokenFile[] = [];
  const rules: LoadedRule[] = [];
  for (const entry of entries) {
    const rule = entry.isDirectory()
      ? await loadFolder(folder, entry.name, parts, broken)
      : entry.name.endsWith('.toml') && (await loadFile(folder, entry.name, broken));
    if (rule) rules.push(rule);
  }
  return { rules: withoutRepeated(rules, broken), broken };
}

/** The guide in a rule's own note, for rules without a guide file. */
export const ownGuide = ({ note }: Rule): Guide | null => (note === null ? null : guideOfNote(note));

async function loadFolder(
  folder: string,
  slug: string,
  parts: RuleParts,
  broken: BrokenFile[],
): Promise<LoadedRule | null> {
  const load = <Value extends object>(name: string, read: (text: string) => Result<Value, Problems>) =>
    loadPart(folder, `${slug}/${name}`, read, broken);
  const rule = await load('rule.toml', (text) => readRuleFile(text, slug));
  if (rule === 'absent') broken.push({ path: `${slug}/rule.toml`, message: 'is missing' });
  const guide = parts === 'all' ? await load('guide.toml', readGuideFile) : 'absent';
  const cases = parts === 'all' ? await load('cases.yaml', await casesReader()) : 'absent';
  if (typeof rule === 'string') return null;
  return {
    rule,
    guide: typeof guide === 'string' ? ownGuide(rule) : guide,
    cases: typeof cases === 'string' ? [] : cases,
  };
}

/** Comes with a parser of YAML, which a command that asks for rules only need not load. */
const casesReader = async () => (await import('./cases-file.ts')).readCasesFile;

async function loadFile(folder: string, name: string, broken: BrokenFile[]): Promise<LoadedRule | null> {
  const slug = name.slice(0, -'.toml'.length).replaceAll('_', '-');
  const rule = await loadPart(folder, name, (text) => readRuleFile(text, slug), broken);
  return typeof rule === 'string' ? null : { rule, guide: ownGuide(rule), cases: [] };
}

async function loadPart<Value extends object>(
  folder: string,
  path: string,
  read: (text: string) => Result<Value, Problems>,
  broken: BrokenFile[],
): Promise<Value | 'absent' | 'broken'> {
  let text: string;
  try {
    text = await readFile(join(folder, path), 'utf8');
  } catch (error) {
    if (isAbsent(error)) return 'absent';
    throw error;
  }
  const result = read(text);
  if (result.ok) return result.value;
  broken.push({ path, message: result.error.join('; ') });
  return 'broken';
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** A folder and a file may claim one slug: the first keeps it. */
function withoutRepeated(rules: readonly LoadedRule[], broken: BrokenFile[]): readonly LoadedRule[] {
  const bySlug = new Map<string, LoadedRule>();
  for (const loaded of rules) {
    const { slug } = loaded.rule;
    if (bySlug.has(slug)) broken.push({ path: slug, message: 'a second rule of this name' });
    else bySlug.set(slug, loaded);
  }
  return [...bySlug.values()];
}
