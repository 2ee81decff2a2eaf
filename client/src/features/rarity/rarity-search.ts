import { z } from 'zod';
import { integer, oneOf, optionalText, optionalTime, text } from '#client/stores/url/fields.ts';

export const RARITY_SORTS = ['rarest', 'frequent', 'latest'] as const;

/** Fields that rare combinations are looked for in; `rule` stands for the rule's own keys. */
export const RARITY_FIELDS = [
  'rule',
  'process.command_line',
  'process.name',
  'process.executable',
  'process.parent.executable',
  'process.parent.name',
  'process.working_directory',
  'user.name',
] as const;

export const raritySearchSchema = z.object({
  rule: optionalText,
  by: oneOf(RARITY_FIELDS, 'rule'),
  count: integer(1, 1_000_000, 5),
  agents: integer(1, 100_000, 1),
  sort: oneOf(RARITY_SORTS, 'rarest'),
  text,
  from: optionalTime,
  to: optionalTime,
});
export type RaritySearch = z.infer<typeof raritySearchSchema>;
export const rarityDefaults: RaritySearch = raritySearchSchema.parse({});
