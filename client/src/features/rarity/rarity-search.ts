import { z } from 'zod';
import { integer, oneOf, optionalText, optionalTime, text, textList } from '#client/stores/url/fields.ts';

export const RARITY_SORTS = ['rarest', 'outside', 'frequent', 'latest'] as const;

/** Most fields that groups are made by. */
export const MOST_FIELDS = 3;

export const raritySearchSchema = z.object({
  rule: optionalText,
  /** Fields to count by; none: the rule's own keys. */
  by: textList.transform((names) => names.slice(0, MOST_FIELDS)),
  view: oneOf(['groups', 'shapes'], 'groups'),
  count: integer(1, 1_000_000, 5),
  agents: integer(1, 100_000, 1),
  sort: oneOf(RARITY_SORTS, 'rarest'),
  text,
  from: optionalTime,
  to: optionalTime,
});
export type RaritySearch = z.infer<typeof raritySearchSchema>;
export const rarityDefaults: RaritySearch = raritySearchSchema.parse({});
