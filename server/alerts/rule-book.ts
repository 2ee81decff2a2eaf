import { notFound } from '#server/refusal.ts';
import { type LoadedRule, ownGuide, type RuleLibrary } from '#server/rules/load.ts';
import { readRuleSources } from '#server/rules/rule-source.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { Result } from '#shared/base/result.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Guide } from '#shared/guide/guide.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { changedRule } from '#shared/rule/rule-changes.ts';
import { lackingFields } from '#shared/rule/widen-for-rule.ts';
import { type CustomRule, readCustomRules } from './custom-rules.ts';
import { type GuideVersion, readGuideVersions } from './guide-versions.ts';
import { type RuleVersion, readRuleVersions } from './rule-versions.ts';

/** A rule, and what the users have made of it. */
export interface BookedRule extends LoadedRule {
  /** Absent: as it stands in the `rules` folder. */
  readonly custom?: CustomRule;
  /** Without the users' changes. */
  readonly original: Rule;
  /** What users made of it, newest first, also where it was put back. */
  readonly versions: readonly RuleVersion[];
  /** What users made of the guide, newest first; `guide` is what the newest says. */
  readonly guideVersions: readonly GuideVersion[];
  readonly shippedGuide: Guide | null;
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
  /** Fields that it reads and the events do not have yet: it is not run before they do. */
  readonly lacking: (slug: string) => readonly string[];
  /** A version of a rule's guide, 0 as it was shipped, null the one in force; null where there is none. */
  readonly guideAt: (slug: string, version: number | null) => Guide | null;
  /** Steps of that; 0 where there is none. */
  readonly stepCount: (slug: string, guideVersion: number | null) => number;
  /** Takes in what users made, in place of what it had. */
  readonly load: (made: MadeByUsers) => void;
}

export interface MadeByUsers {
  readonly custom: readonly CustomRule[];
  readonly guides: readonly GuideVersion[];
  readonly versions: readonly RuleVersion[];
}

export async function readMadeByUsers(state: StateReader): Promise<MadeByUsers> {
  const [custom, guides, versions] = await Promise.all([
    readCustomRules(state),
    readGuideVersions(state),
    readRuleVersions(state),
  ]);
  return { custom, guides, versions };
}

/** @param fields what has the catalogue that rules are compiled over, as it is at the time */
export function ruleBookOf(library: RuleLibrary, fields: { readonly catalogue: FieldCatalogue }): RuleBook {
  let shelf = shelve(library, { custom: [], guides: [], versions: [] });
  const compiled = new WeakMap<BookedRule, Result<CompiledRule, readonly Diagnostic[]>>();
  const get = (slug: string): BookedRule => {
    const booked = shelf.bySlug.get(slug);
    if (!booked) throw notFound('rule');
    return booked;
  };
  const guideAt = (slug: string, wanted: number | null): Guide | null => {
    const booked = shelf.bySlug.get(slug);
    if (!booked || wanted === null) return booked?.guide ?? null;
    const kept = booked.guideVersions.find(({ version }) => version === wanted);
    return kept?.guide ?? booked.shippedGuide;
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
      const known = compiled.get(booked) ?? compileRule(booked.rule, fields.catalogue, []);
      compiled.set(booked, known);
      return known;
    },
    lacking: (slug) => lackingFields(fields.catalogue, get(slug).rule),
    guideAt,
    stepCount: (slug, version) => guideAt(slug, version)?.steps.length ?? 0,
    load: (made) => {
      shelf = shelve(library, made);
    },
  };
}

interface Shelf {
  readonly bySlug: ReadonlyMap<string, BookedRule>;
  readonly broken: RuleLibrary['broken'];
}

function shelve(library: RuleLibrary, { custom, ...made }: MadeByUsers): Shelf {
  const shipped = new Map(library.rules.map((loaded) => [loaded.rule.slug, loaded]));
  const [guides, versions] = [made.guides.toReversed(), made.versions.toReversed()];
  const booked = (loaded: LoadedRule): BookedRule => {
    const ofThis = ({ rule }: { readonly rule: string }): boolean => rule === loaded.rule.slug;
    return bookedRule(loaded, guides.filter(ofThis), versions.filter(ofThis));
  };
  const all = new Map<string, BookedRule>(library.rules.map((loaded) => [loaded.rule.slug, booked(loaded)]));
  const broken = [...library.broken];
  for (const one of custom) {
    const original = originalOf(one, shipped);
    if (original) all.set(one.slug, changedBy(one, booked(original)));
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

function bookedRule(
  loaded: LoadedRule,
  guideVersions: readonly GuideVersion[],
  versions: readonly RuleVersion[],
): BookedRule {
  const shippedGuide = loaded.guide;
  const guide = guideVersions[0]?.guide ?? shippedGuide;
  return { ...loaded, original: loaded.rule, versions, guideVersions, shippedGuide, guide };
}

const changedBy = (custom: CustomRule, booked: BookedRule): BookedRule => ({
  ...booked,
  custom,
  rule: changedRule(booked.original, custom.changes),
});
