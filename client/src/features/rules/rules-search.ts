import { z } from 'zod';

export const rulesSearchSchema = z.object({ text: z.string().catch('').default('') });
export type RulesSearch = z.infer<typeof rulesSearchSchema>;
export const rulesDefaults: RulesSearch = rulesSearchSchema.parse({});
