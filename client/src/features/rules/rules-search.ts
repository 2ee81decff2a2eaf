import * as z from 'zod';
import { optionalInteger } from '#client/stores/url/fields.ts';

export const rulesSearchSchema = z.object({ text: z.string().catch('').default('') });
export type RulesSearch = z.infer<typeof rulesSearchSchema>;
export const rulesDefaults: RulesSearch = rulesSearchSchema.parse({});

/** What to begin with: thresholds for groups that were tried elsewhere, or a change that was not saved. */
export const ruleEditSearchSchema = z.object({
  count: optionalInteger(1, 1_000_000),
  agents: optionalInteger(1, 100_000),
  from: z.literal('unsaved').optional().catch(undefined),
});
export type RuleEditSearch = z.infer<typeof ruleEditSearchSchema>;
