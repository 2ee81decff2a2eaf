import { notFound } from '#server/refusal.ts';
import { type LoadedRule, ownGuide, type RuleLibrary } from '#server/rules/load.ts';
import { readRuleSources } from '#server/rules/rule-source.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { Result } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { changedRule } from '#shared/rule/rule-changes.ts';
import type { CustomRule } from './custom-rules.ts';

/** A rule, and what the users have made of it. */
export interface BookedRule extends LoadedRule {
  /** Absent: as it stands in the `rules` folder. */
  readonly custom?: CustomRule;
  /** Without the users' changes. */
  readonly original: Rule;
}

/** The loaded rules, to look things up in. */
export interface RuleBook {
  /** By name of the slug. */
  readonly all: readonly BookedRule[];
  readonly broken: RuleLibrary['broken'];
  /** Refuses a slug that no rule has. */
  readonly get: (slug: string) => BookedRule;
  /** For what may outlive its rule, as alerts do. */
  readonly find: (slug: string) => BookedRule | undefined;
  /** The rule without any exception; compiled once. */
  readonly compiled: (slug: string) => Result<CompiledRule, readonly Diagnostic[]>;
  /** Steps of a rule's guide; 0 where it has none. */
  readonly stepCount: (slug: string) => number;
  /** Takes the users' rules in, in place of those it had. */
  readonly load: (custom: readonly CustomRule[]) => void;
}

export function ruleBookOf(library: RuleLibrary, catalogue: FieldCatalogue): RuleBook {
  let shelf = shelve(library, []);
  const compiled = new WeakMap<BookedRule, Result<CompiledRule, readonly Diagnostic[]>>();
  const get = (slug: string): BookedRule => {
    const booked = shelf.bySlug.get(slug);
    if (!booked) throw notFound('rule');
    return booked;
  };
  return {
    get all() {
      return [...shelf.bySlug.values()];
    },
    get broken() {
      return shelf.broken;
    },
    get,
    find: (slug) => shelf.bySlug.get(slug),
    compiled(slug) {
      const booked = get(slug);
      const known = compiled.get(booked) ?? compileRule(booked.rule, catalogue, []);
      compiled.set(booked, known);
      return known;
    },
    stepCount: (slug) => shelf.bySlug.get(slug)?.guide?.steps.length ?? 0,
    load: (custom) => {
      shelf = shelve(library, custom);
    },
  };
}

interface Shelf {
  readonly bySlug: ReadonlyMap<string, BookedRule>;
  readonly broken: RuleLibrary['broken'];
}

function shelve(library: RuleLibrary, custom: readonly CustomRule[]): Shelf {
  const shipped = new Map(library.rules.map((loaded) => [loaded.rule.slug, loaded]));
  const all = new Map<string, BookedRule>(
    library.rules.map((loaded) => [loaded.rule.slug, { ...loaded, original: loaded.rule }]),
  );
  const broken = [...library.broken];
  for (const one of custom) {
    const original = originalOf(one, shipped);
    if (original) all.set(one.slug, bookedRule(one, original));
    else broken.push({ path: one.slug, message: 'what it was made of is gone, or can no longer be read' });
  }
  const bySlug = new Map([...all].sort(([left], [right]) => (left < right ? -1 : 1)));
  return { bySlug, broken };
}

function originalOf({ slug, base, source }: CustomRule, shipped: ReadonlyMap<string, LoadedRule>): LoadedRule | null {
  if (source !== null) {
    const read = readRuleSources(source, slug).rules[0]?.rule;
    if (!read?.ok) return null;
    const rule = { ...read.value, slug };
    return { rule, guide: ownGuide(rule), cases: [] };
  }
  const found = base === null ? undefined : shipped.get(base);
  return found ? { ...found, rule: { ...found.rule, slug } } : null;
}

const bookedRule = (custom: CustomRule, loaded: LoadedRule): BookedRule => ({
  ...loaded,
  custom,
  original: loaded.rule,
  rule: changedRule(loaded.rule, custom.changes),
});
