import * as z from 'zod';
import { entrySchema } from '../exceptions/item.ts';
import { endpoint } from './endpoint.ts';

const suggestionSchema = z.object({
  name: z.string(),
  entries: z.array(entrySchema),
  /** Plain words on why it is proposed, the most telling first. */
  reasons: z.array(z.string()),
  /** False positives that a replay with it no longer raises, of all that one without it raises. */
  covers: z.number().int(),
  of: z.number().int(),
  /** Its effect over everything stored, as `checkException` tells it. */
  removed: z.number().int(),
  kept: z.number().int(),
  created: z.number().int(),
  changed: z.number().int(),
  /** Conditions that all it covers meet too: with them it is narrower and covers as many. */
  shared: z.array(entrySchema),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

const noisyGroupSchema = z.object({
  /** Shape of the commands; null: the alerts have none. */
  shape: z.string().nullable(),
  parent: z.string().nullable(),
  alerts: z.number().int(),
  occurrences: z.number().int(),
  open: z.number().int(),
  falsePositives: z.number().int(),
  truePositives: z.number().int(),
  /** Conditions that hold for the group, as far as can be told from one of its alerts. */
  entries: z.array(entrySchema),
});
export type NoisyGroup = z.infer<typeof noisyGroupSchema>;

export const suggestExceptions = endpoint({
  method: 'GET',
  path: '/api/exceptions/suggestions',
  summary:
    'Exceptions that would hide the false positives of a rule and no true positive; its noisiest groups of alerts',
  query: z.object({ rule: z.string().min(1) }),
  response: z.object({
    suggestions: z.array(suggestionSchema),
    noisy: z.array(noisyGroupSchema),
    /** False positives that the rule would raise again as it stands. */
    falsePositives: z.number().int(),
    truePositives: z.number().int(),
  }),
});
