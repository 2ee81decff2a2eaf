import * as z from 'zod';
import { activitySchema, alertSchema, occurrenceSchema, verdictSchema } from '../alert/alert.ts';
import { processTreeSchema } from '../tree/process.ts';
import { ALERT_FIELDS, alertFilterSchema } from './alert-filter.ts';
import { endpoint, idParams } from './endpoint.ts';
import { eventSummarySchema } from './events.ts';
import { explainedClauseSchema } from './explain.ts';

/** Every column of the queue. */
export const ALERT_SORTS = [
  'lastSeen',
  'firstSeen',
  'raisedAt',
  'eventCount',
  'ruleName',
  'commandLine',
  'host',
  'status',
  'occurrences',
  'severity',
  'riskScore',
  'user',
  'parent',
  'executable',
  'workingDirectory',
  'verdict',
  'assignee',
  'tags',
  'guide',
] as const;

export const listAlerts = endpoint({
  method: 'GET',
  path: '/api/alerts',
  summary: 'Alerts of the queue, sorted and paged',
  query: alertFilterSchema.extend({
    sort: z.enum(ALERT_SORTS).default('lastSeen'),
    direction: z.enum(['ascending', 'descending']).default('descending'),
    offset: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  response: z.object({
    alerts: z.array(alertSchema),
    total: z.number().int(),
    /** Of all alerts, whatever the filter. */
    counts: z.object({
      open: z.number().int(),
      acknowledged: z.number().int(),
      closed: z.number().int(),
      /** In whatever state, with answers that later data contradicts. */
      stale: z.number().int(),
    }),
  }),
});

export const alertGroupSchema = z.object({
  value: z.string().nullable(),
  alerts: z.number().int(),
  open: z.number().int(),
  hosts: z.number().int(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  /** Closed alerts by verdict; those closed without one are not counted. */
  verdicts: z.partialRecord(verdictSchema, z.number().int()),
});
export type AlertGroup = z.infer<typeof alertGroupSchema>;

export const groupAlerts = endpoint({
  method: 'GET',
  path: '/api/alerts/groups',
  summary: 'Alerts counted by one property',
  query: alertFilterSchema.extend({
    by: z.enum(ALERT_FIELDS),
    /** Which groups come first. */
    order: z.enum(['most', 'rarest', 'latest']).default('most'),
    limit: z.coerce.number().int().min(1).max(500).default(200),
  }),
  response: z.object({ groups: z.array(alertGroupSchema), total: z.number().int() }),
});

/** Alerts over time, for the strip above the queue. */
export const alertHistogram = endpoint({
  method: 'GET',
  path: '/api/alerts/histogram',
  summary: 'Alerts per time bucket and rule, by last seen',
  query: alertFilterSchema.extend({ buckets: z.coerce.number().int().min(1).max(200).default(60) }),
  response: z.object({
    bucketMs: z.number(),
    buckets: z.array(z.object({ at: z.string(), counts: z.record(z.string(), z.number().int()) })),
  }),
});

export const alertDetailSchema = z.object({
  alert: alertSchema,
  /** One sentence in plain words with the measured values. */
  why: z.string(),
  /** The rule's filter on the alert's first event. */
  explanation: explainedClauseSchema.nullable(),
  /** Group conditions after counting, with the numbers they saw. */
  conditions: z.array(z.object({ text: z.string(), saw: z.string(), outcome: z.enum(['pass', 'fail', 'null']) })),
  occurrences: z.array(occurrenceSchema),
  activity: z.array(activitySchema),
  /** Hosts with the same command line, of all hosts in the store; and of the command shape. */
  prevalence: z.object({
    commandHosts: z.number().int(),
    shapeAlerts: z.number().int(),
    totalHosts: z.number().int(),
    commandFirstSeen: z.string().nullable(),
    commandEvents: z.number().int(),
  }),
  /** Free text kept with the alert. */
  notes: z.array(z.object({ id: z.string(), at: z.string(), author: z.string(), text: z.string() })),
});
export type AlertDetail = z.infer<typeof alertDetailSchema>;

export const getAlert = endpoint({
  method: 'GET',
  path: '/api/alerts/:id',
  summary: 'One alert with why it fired, its history and its surroundings',
  params: idParams,
  response: alertDetailSchema,
});

/** What another alert has to do with one, the closest first. */
export const RELATIONS = ['same keys', 'same process tree', 'same command shape', 'same host', 'same user'] as const;

export const relatedAlerts = endpoint({
  method: 'GET',
  path: '/api/alerts/:id/related',
  summary: 'Earlier alerts about the same keys with how they were closed, and other alerts nearby',
  params: idParams,
  response: z.object({
    earlier: z.array(
      z.object({
        alert: alertSchema,
        /** Who closed it last, and when; null while it is not closed. */
        closed: z.object({ by: z.string(), at: z.string() }).nullable(),
        /** The last note on it. */
        note: z.string().nullable(),
      }),
    ),
    related: z.array(z.object({ alert: alertSchema, relation: z.enum(RELATIONS) })),
  }),
});
export type RelatedAlerts = z.infer<typeof relatedAlerts.response>;

export const alertEvents = endpoint({
  method: 'GET',
  path: '/api/alerts/:id/events',
  summary: 'Events that contributed to an alert, by time',
  params: idParams,
  query: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(200) }),
  response: z.object({ events: z.array(eventSummarySchema), total: z.number().int(), missing: z.number().int() }),
});

export const alertTree = endpoint({
  method: 'GET',
  path: '/api/alerts/:id/tree',
  summary: 'Ancestors and descendants of the processes of an alert',
  params: idParams,
  query: z.object({ budget: z.coerce.number().int().min(10).max(20_000).default(2000) }),
  response: processTreeSchema,
});
