import * as z from 'zod';

/** An automatic reading of the alert for a step: a leaning with its reason. */
export const hintSchema = z.object({
  leaning: z.enum(['expected', 'suspicious', 'neutral']),
  reason: z.string(),
});
export type Hint = z.infer<typeof hintSchema>;
