import { type LoadedRule, loadRules } from '#server/rules/load.ts';
import { formatInstant, type Instant, parseInstant } from '#shared/base/time.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { Problem } from './problem.ts';
import { note, type Terminal } from './terminal.ts';

/** The rules of these slugs, all for none; files that cannot be used are noted. */
export async function findRules(terminal: Terminal, slugs: readonly string[]): Promise<readonly Rule[]> {
  const { rules, broken } = await loadRules(terminal.rulesFolder);
  for (const { path, message } of broken) note(terminal, `rules/${path}: ${message}`);
  if (slugs.length === 0) return rules.map(({ rule }) => rule);
  return [...new Set(slugs)].map((slug) => find(rules, slug));
}

function find(rules: readonly LoadedRule[], slug: string): Rule {
  const loaded = rules.find(({ rule }) => rule.slug === slug);
  if (loaded) return loaded.rule;
  throw new Problem(`There is no rule ${slug}; there are ${rules.map(({ rule }) => rule.slug).join(', ')}.`);
}

/** The time of `--at`. */
export function readInstant(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === null) {
    throw new Problem(`--at ${text}: is no time; write it as ${formatInstant(Date.UTC(2026, 0, 31, 12))}.`);
  }
  return instant;
}
