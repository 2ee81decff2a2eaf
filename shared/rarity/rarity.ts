import * as z from 'zod';
import { cellSchema } from '../alert/alert.ts';

/** One command line (or other combination of fields) with the numbers rule 1 decides by. */
const thresholdsSchema = z.object({ count: z.number().int(), agents: z.number().int() });

export const rarityGroupSchema = z.object({
  keys: z.record(z.string(), cellSchema),
  shape: z.string().nullable(),
  count: z.number().int(),
  hosts: z.number().int(),
  agents: z.number().int(),
  users: z.array(z.string()),
  hostNames: z.array(z.string()),
  firstSeen: z.string(),
  lastSeen: z.string(),
  /** Inside the thresholds asked for. */
  alerting: z.boolean(),
});
export type RarityGroup = z.infer<typeof rarityGroupSchema>;

export const rarityShapeSchema = z.object({
  shape: z.string(),
  groups: z.number().int(),
  alerting: z.number().int(),
  events: z.number().int(),
  /** Some of the command lines. */
  examples: z.array(z.string()),
});
export type RarityShape = z.infer<typeof rarityShapeSchema>;

export const rarityResultSchema = z.object({
  groups: z.array(rarityGroupSchema),
  totalGroups: z.number().int(),
  alertingGroups: z.number().int(),
  /** Events that pass the rule's filter in the window. */
  matchedEvents: z.number().int(),
  truncated: z.boolean(),
  window: z.object({ from: z.string(), to: z.string() }),
  thresholds: thresholdsSchema,
  /** Those that the rule's query states; null: it states none. */
  ruleThresholds: thresholdsSchema.nullable(),
  /** How many groups have so many events on so many hosts and agents: enough to try other thresholds on. */
  cells: z.array(
    z.object({
      count: z.number().int(),
      hosts: z.number().int(),
      agents: z.number().int(),
      groups: z.number().int(),
    }),
  ),
  /** Command lines alike but for their variable parts, those of most groups first; empty where none is counted by. */
  shapes: z.array(rarityShapeSchema),
});
export type RarityResult = z.infer<typeof rarityResultSchema>;
