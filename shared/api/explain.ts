import * as z from 'zod';
import type { ExplainedClause } from '../evaluate/explained-clause.ts';
import { ruleTypeSchema } from '../rule/rule.ts';
import { endpoint } from './endpoint.ts';

/** What became of an event, or a group, under a rule. */
export const fateSchema = z.enum([
  /** It is in an alert. */
  'alerts',
  /** A condition on events does not hold. */
  'no-match',
  /** A condition is neither true nor false: a field is missing, or has several values. */
  'undecided',
  /** An exception leaves it out. */
  'excepted',
  /** It matches, and its terms were seen before. */
  'not-new',
  /** It matches, and its group does not meet the conditions on groups. */
  'group',
  /** It would alert, but for the limit of alerts a run. */
  'cut',
  /** An earlier alert about its group has counted it. */
  'reported',
  /** No run of the schedule looks at its time. */
  'unseen',
  /** The rule cannot be run. */
  'cannot-run',
]);
export type Fate = z.infer<typeof fateSchema>;

export const explainedClauseSchema: z.ZodType<ExplainedClause> = z.lazy(() =>
  z.object({
    text: z.string(),
    operator: z.enum(['and', 'or', 'not', 'leaf']),
    outcome: z.enum(['pass', 'fail', 'null']),
    field: z.string().nullable(),
    saw: z.array(z.string()),
    children: z.array(explainedClauseSchema),
  }),
);

export const ruleExplanationSchema = z.object({
  rule: z.string(),
  name: z.string(),
  type: ruleTypeSchema,
  fate: fateSchema,
  /** In a sentence. */
  because: z.string(),
  /** Time of the run that it is about; null where none is. */
  at: z.string().nullable(),
  /** The conditions on events, with what they saw; null for a group. */
  clauses: explainedClauseSchema.nullable(),
  /** Its group, and the conditions on it. */
  group: z
    .object({
      keys: z.record(z.string(), z.string()),
      events: z.number().int(),
      conditions: z.array(explainedClauseSchema),
    })
    .nullable(),
  /** When its terms were first seen, within the history. */
  firstSeen: z.string().nullable(),
  /** Names of the exceptions that leave it out. */
  exceptions: z.array(z.string()),
});
export type RuleExplanation = z.infer<typeof ruleExplanationSchema>;

export const explainEvent = endpoint({
  method: 'GET',
  path: '/api/explain',
  summary: 'Why an event did, or did not, alert: by one rule, or by each that is switched on',
  query: z.object({ event: z.string().min(1).max(500), rule: z.string().max(200).optional() }),
  response: z.object({
    explanations: z.array(ruleExplanationSchema),
    /** How many rules more there are: one request asks the first fifty. */
    unasked: z.number().int(),
  }),
});
