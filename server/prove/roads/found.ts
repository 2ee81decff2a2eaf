import { readRuleSources } from '#server/rules/rule-source.ts';
import { must } from '#shared/base/assert.ts';
import type { Rule } from '#shared/rule/rule.ts';
import type { RoadRule } from './rules.ts';

/** What came of the same records on one road. */
export interface Found {
  readonly rejected: number;
  readonly duplicates: number;
  /** By rule. */
  readonly matched: Readonly<Record<string, number>>;
  readonly alerts: readonly FoundAlert[];
}

export interface FoundAlert {
  readonly rule: string;
  readonly keys: Readonly<Record<string, unknown>>;
  readonly columns: unknown;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly events: readonly string[];
}

/** In an order that only they themselves tell, so that answers of two roads compare as they are. */
export const inOrder = (alerts: readonly FoundAlert[]): readonly FoundAlert[] => {
  const placeOf = ({ rule, keys, firstSeen }: FoundAlert): string =>
    JSON.stringify([rule, Object.entries(keys).sort(), firstSeen]);
  return alerts
    .map((alert) => ({ place: placeOf(alert), alert: { ...alert, events: alert.events.toSorted() } }))
    .sort((left, right) => (left.place < right.place ? -1 : 1))
    .map(({ alert }) => alert);
};

export const ruleOf = ({ rule, slug }: RoadRule): Rule => {
  const [source] = readRuleSources(JSON.stringify(rule)).rules;
  return must(source?.rule.ok ? { ...source.rule.value, slug } : null, slug);
};
