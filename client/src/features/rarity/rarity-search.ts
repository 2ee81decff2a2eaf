import * as z from 'zod';
import { oneOf, optionalInteger, optionalText, optionalTime, text, textList } from '#client/stores/url/fields.ts';
import type { Thresholds } from '#shared/rarity/thresholds.ts';

export const RARITY_SORTS = ['rarest', 'outside', 'frequent', 'latest'] as const;

/** Most fields that groups are made by. */
export const MOST_FIELDS = 3;

export const raritySearchSchema = z.object({
  rule: optionalText,
  /** Fields to count by; none: the rule's own keys. */
  by: textList.transform((names) => names.slice(0, MOST_FIELDS)),
  view: oneOf(['groups', 'shapes'], 'groups'),
  /** Thresholds tried; none: the rule's own. */
  count: optionalInteger(1, 1_000_000),
  agents: optionalInteger(1, 100_000),
  sort: oneOf(RARITY_SORTS, 'rarest'),
  text,
  from: optionalTime,
  to: optionalTime,
});
export type RaritySearch = z.infer<typeof raritySearchSchema>;
export const rarityDefaults: RaritySearch = raritySearchSchema.parse({});

/** The thresholds tried, without those that are not. */
export const chosenThresholds = ({ count, agents }: Pick<RaritySearch, 'count' | 'agents'>): Partial<Thresholds> => ({
  ...(count === undefined ? {} : { count }),
  ...(agents === undefined ? {} : { agents }),
});
