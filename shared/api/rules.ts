import * as z from 'zod';
import { windowSchema } from '../alert/alert.ts';
import { guideSchema } from '../guide/guide.ts';
import { rarityResultSchema } from '../rarity/rarity.ts';
import { ruleCaseSchema, ruleSchema, ruleSummarySchema } from '../rule/rule.ts';
import { endpoint } from './endpoint.ts';
import { slugParams, waitingChangeSchema } from './rule-editing.ts';

/** One evaluation of a rule: a run of its schedule, or a replay over a past range. */
export const runSchema = z.object({
  id: z.string(),
  rule: z.string(),
  kind: z.enum(['scheduled', 'replay']),
  status: z.enum(['succeeded', 'failed']),
  window: windowSchema,
  startedAt: z.string(),
  durationMs: z.number(),
  /** Events in the stretch it looked at; null for runs logged before this was. */
  eventsScanned: z.number().int().nullable(),
  eventsMatched: z.number().int(),
  alertsRaised: z.number().int(),
  alertsRecurred: z.number().int(),
  /** Result rows beyond the rule's limit. */
  cut: z.number().int(),
  /** The first of those rows. */
  cutRows: z.array(z.object({ at: z.string(), keys: z.record(z.string(), z.string()), events: z.number().int() })),
  /** Events the rule could not judge, by reason: `host.id is missing`. */
  skipped: z.array(z.object({ reason: z.string(), events: z.number().int() })),
  warnings: z.array(z.string()),
  error: z.string().nullable(),
});
export type RuleRun = z.infer<typeof runSchema>;

const verdictsSchema = z.record(z.string(), z.number().int());

/** Whether a rule stands as it was shipped, is a shipped one with changes, or one of the users'. */
export const originSchema = z.enum(['shipped', 'changed', 'own']);
export type RuleOrigin = z.infer<typeof originSchema>;

/** Fields that it reads and the stored events do not have yet: see `getFieldReading`. It is not run before they do. */
const lackingSchema = z.array(z.string());

export const listRules = endpoint({
  method: 'GET',
  path: '/api/rules',
  summary: 'All rules',
  response: z.object({
    rules: z.array(
      ruleSummarySchema.extend({
        enabled: z.boolean(),
        openAlerts: z.number().int(),
        alerts: z.number().int(),
        lastRun: runSchema.nullable(),
        verdicts: verdictsSchema,
        origin: originSchema,
        /** Why it cannot be run here. */
        problem: z.string().nullable(),
        lacking: lackingSchema,
        /** What is the matter with a change of it that had to wait for fields; null: there is none. */
        change: z.enum(['waiting', 'unsaved']).nullable(),
      }),
    ),
    /** Rule folders that could not be read. */
    broken: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
});

export const getRule = endpoint({
  method: 'GET',
  path: '/api/rules/:slug',
  summary: 'One rule with its query, cases and runs',
  params: slugParams,
  response: z.object({
    rule: ruleSchema.extend({ enabled: z.boolean() }),
    origin: originSchema,
    /** The rule without the users' changes. */
    original: ruleSchema,
    /** Of its newest state, which a change is made on; 0: nobody has changed it. */
    version: z.number().int(),
    /** Who made it, or changed it; null where it stands as it was shipped. */
    custom: z
      .object({
        base: z.string().nullable(),
        createdAt: z.string(),
        createdBy: z.string(),
        updatedAt: z.string(),
        updatedBy: z.string(),
      })
      .nullable(),
    problem: z.string().nullable(),
    lacking: lackingSchema,
    /** Null: there is none. */
    waiting: waitingChangeSchema.nullable(),
    /** Null where it has none. */
    guide: guideSchema.nullable(),
    alerts: z.object({ all: z.number().int(), open: z.number().int() }),
    cases: z.array(
      ruleCaseSchema
        .omit({ events: true })
        .extend({ events: z.number().int(), passed: z.boolean(), outcome: z.string() }),
    ),
    runs: z.array(runSchema),
    verdicts: verdictsSchema,
  }),
});

export const updateRule = endpoint({
  method: 'PATCH',
  path: '/api/rules/:slug',
  summary: 'Switch a rule on or off',
  params: slugParams,
  body: z.object({ enabled: z.boolean() }),
  response: z.object({ enabled: z.boolean() }),
});

export const replayRules = endpoint({
  method: 'POST',
  path: '/api/replay',
  summary: 'Run the schedule of all enabled rules over a past range, or all stored events',
  body: z.object({ from: z.string().optional(), to: z.string().optional() }),
  response: z.object({ runs: z.array(runSchema) }),
});

/** The rule whose filter rarity counts by where none is named. */
export const RARITY_RULE = 'unusual-command-from-web-server-parent';

export const getRarity = endpoint({
  method: 'GET',
  path: '/api/rarity',
  summary: 'The numbers behind the rarity rule: events and hosts per command line',
  query: z.object({
    rule: z.string().default(RARITY_RULE),
    from: z.string().optional(),
    to: z.string().optional(),
    /** Group by one to three fields; the rule's own keys where absent. */
    by: z.union([z.string(), z.array(z.string()).min(1).max(3)]).optional(),
    /** Alerting below this many events … The rule's own threshold where absent, as with agents. */
    count: z.coerce.number().int().min(1).max(1_000_000).optional(),
    /** … on at most this many agents. */
    agents: z.coerce.number().int().min(1).max(100_000).optional(),
    /** `outside`: what the thresholds only just leave out first. */
    sort: z.enum(['rarest', 'frequent', 'latest', 'outside']).default('rarest'),
    text: z.string().max(500).default(''),
    limit: z.coerce.number().int().min(1).max(2000).default(500),
  }),
  response: rarityResultSchema,
});
