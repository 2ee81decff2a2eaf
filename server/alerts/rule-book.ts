import { notFound } from '#server/refusal.ts';
import type { LoadedRule, RuleLibrary } from '#server/rules/load.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { Result } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { type CompiledRule, compileRule } from '#shared/rule/compile.ts';

/** The loaded rules, to look things up in. */
export interface RuleBook {
  readonly all: readonly LoadedRule[];
  readonly broken: RuleLibrary['broken'];
  /** Refuses a slug that no rule has. */
  readonly get: (slug: string) => LoadedRule;
  /** For what may outlive its rule, as alerts do. */
  readonly find: (slug: string) => LoadedRule | undefined;
  /** The rule without any exception; compiled once. */
  readonly compiled: (slug: string) => Result<CompiledRule, readonly Diagnostic[]>;
  /** Steps of a rule's guide; 0 where it has none. */
  readonly stepCount: (slug: string) => number;
}

export function ruleBookOf(library: RuleLibrary, catalogue: FieldCatalogue): RuleBook {
  const bySlug = new Map(library.rules.map((loaded) => [loaded.rule.slug, loaded]));
  const compiled = new Map<string, Result<CompiledRule, readonly Diagnostic[]>>();
  const get = (slug: string): LoadedRule => {
    const loaded = bySlug.get(slug);
    if (!loaded) throw notFound('rule');
    return loaded;
  };
  return {
    all: library.rules,
    broken: library.broken,
    get,
    find: (slug) => bySlug.get(slug),
    compiled(slug) {
      const known = compiled.get(slug) ?? compileRule(get(slug).rule, catalogue, []);
      compiled.set(slug, known);
      return known;
    },
    stepCount: (slug) => bySlug.get(slug)?.guide?.steps.length ?? 0,
  };
}
