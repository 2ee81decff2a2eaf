import * as z from 'zod';

export const explainSearchSchema = z.object({ event: z.string().catch('').default('') });
export type ExplainSearch = z.infer<typeof explainSearchSchema>;
