import { z } from 'zod';
import { optionalInteger } from '#client/stores/url/fields.ts';

export const rulesSearchSchema = z.object({ text: z.string().catch('').default('') });
export type RulesSearch = z.infer<typeof rulesSearchSchema>;
export const rulesDefaults: RulesSearch = rulesSearchSchema.parse({});

/** Thresholds for groups that were tried elsewhere, to begin with. */
export const ruleEditSearchSchema = z.object({
  count: optionalInteger(1, 1_000_000),
  agents: optionalInteger(1, 100_000),
});
export type RuleEditSearch = z.infer<typeof ruleEditSearchSchema>;
